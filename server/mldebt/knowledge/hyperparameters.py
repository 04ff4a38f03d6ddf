"""Names that are hyperparameters wherever they stand, and parameters that never are.

The first list is for names without a known callable around them (locals, dict
keys, config fields), so it holds only words that mean one thing: `gamma` or
`alpha` alone may be an image or a plot. Collected from the signatures beside
this file and from the configs of public training repositories, 2025-11.
"""

from __future__ import annotations

from mldebt.knowledge.kinds import ParamDict, words

HYPERPARAMETER_NAMES: frozenset[str] = words("""
    accumulate_grad_batches adam_beta1 adam_beta2 adam_epsilon attention_dropout
    attention_probs_dropout_prob bagging_fraction bagging_freq bagging_temperature base_learning_rate
    base_lr batch_size beta1 beta2 beta_1 beta_2 betas block_dropout bootstrap_type border_count bs
    ccp_alpha class_weight clip_grad clip_grad_norm clip_norm clip_range clipnorm coef0
    colsample_bylevel colsample_bynode colsample_bytree contamination cutmix_alpha cutmix_prob d_ff
    d_model decay_rate decay_steps discount_factor drop_path drop_path_rate drop_prob drop_rate dropout
    dropout_p dropout_prob dropout_rate early_stopping_patience early_stopping_rounds ema_decay
    embed_dim embed_dropout embedding_dim embedding_size ent_coef entropy_coef eta_min eval_batch_size
    factor_lr feature_fraction feature_fraction_bynode ffn_dim final_lr focal_alpha focal_gamma
    gae_lambda grad_accum_steps grad_clip grad_norm_clip gradient_accumulation_steps gradient_clip
    gradient_clip_norm gradient_clip_val hidden_dim hidden_dims hidden_dropout hidden_dropout_prob
    hidden_layer_sizes hidden_layers hidden_size hidden_sizes hidden_units init_lr initial_learning_rate
    initial_lr k_neighbors kernel_regularizer kl_coef kl_weight l1_lambda l1_ratio l1_reg
    l1_regularization l2_lambda l2_leaf_reg l2_reg l2_regularization label_smoothing
    label_smoothing_factor lambda_l1 lambda_l2 latent_dim learning_rate learning_rate_init
    learning_rates lora_alpha lora_dropout lora_r lora_rank lr lr_decay lr_decay_rate lr_factor lr_gamma
    lr_max lr_min lr_mult lr_patience lr_warmup_steps lrs max_bin max_delta_step max_depth max_df
    max_epochs max_features max_grad_norm max_iter max_leaf_nodes max_leaves max_lr max_new_tokens
    max_samples max_seq_length max_steps max_train_steps min_child_samples min_child_weight
    min_data_in_leaf min_df min_impurity_decrease min_lr min_samples min_samples_leaf min_samples_split
    min_split_gain min_sum_hessian_in_leaf mixup_alpha mixup_prob mlp_ratio momentum n_clusters
    n_components n_critic n_epoch n_epochs n_estimators n_factors n_heads n_hidden n_iter_no_change
    n_layers n_neighbors n_rounds n_trees nb_epoch nb_epochs negative_slope ngram_range noise_std
    num_beams num_boost_round num_boost_rounds num_epoch num_epochs num_filters num_heads num_hidden
    num_iterations num_layers num_leaves num_neighbors num_round num_rounds num_topics num_train_epochs
    num_trees num_warmup_steps optimizer_lr patience peak_lr per_device_eval_batch_size
    per_device_train_batch_size pos_weight power_t random_strength rate_drop recurrent_dropout reg_alpha
    reg_lambda regularization_strength repetition_penalty rms_decay rnn_dropout scale_pos_weight
    skip_drop smoothing_factor soft_target_tau spatial_dropout step_lr subsample subsample_freq
    temperature test_batch_size top_k top_p train_batch_size train_epochs val_batch_size
    valid_batch_size validation_fraction vf_coef warmup_epochs warmup_factor warmup_proportion
    warmup_ratio warmup_steps wd weight_decay weight_decay_rate
""")

NOT_HYPERPARAMETERS: frozenset[str] = words("""
    accelerator accelerator_config accept_sparse add_indicator align_corners allow_writing_files
    antialias attr_name auto_find_batch_size auto_mapping average backend backup_dir bagging_seed
    barebones base_estimator base_sampler baseline batch_arg_name batch_first bf16 bf16_full_eval
    bias_axes cache cache_dir cache_file_name cache_size calculate_training_loss callback callbacks
    capturable cat_dims cat_features cat_idxs categorical_features categories ceil_mode cell cells
    check_finite check_input check_inverse check_val_every_n_epoch checkpoint_path checkpoint_steps
    ckpt_path class_names classes classes_count collate_fn color_mode cols columns comment compute_loss
    compute_score copy copy_X copy_x copy_X_train corpus corpus_file cpu crop_to_aspect_ratio cv data
    data_dir data_files data_format data_random_seed data_seed data_source dataloader_drop_last
    dataloader_num_workers dataloader_persistent_workers dataloader_pin_memory
    dataloader_prefetch_factor dataset dayfirst ddp_backend ddp_bucket_cap_mb ddp_timeout debug
    decode_error decoder_layer default_root_dir desc description detail deterministic
    dev_efb_max_buckets device device_map device_type devices differentiable dims directory dirpath
    disable_tqdm do_eval do_predict do_train documents dpi drop_intermediate drop_last drop_seed dtrain
    dtype edgecolor embeddings_freq enable_model_summary enable_progress_bar encoder_layer encoding
    endog env error_score errors estimator estimators eval_delay eval_metric eval_set eval_steps
    eval_strategy evals evals_result evaluation_steps evaluation_strategy every_n_epochs
    every_n_train_steps exog export_dir fast_dev_run feature_fraction_seed feature_name feature_names
    feature_types features_to_drop feval figsize filename filepath fill_mode fill_value final_estimator
    fixed_params fmt fold_count folder folds fontsize foreach format fp16 fp16_full_eval fpreproc freeze
    freq full_determinism func fused gpu gpu_id gpu_ram_part gpus height histogram_freq hub_model_id
    hub_token id2word ignore_index image_size importance_type in_order index index_start indices
    init_model initial_epoch inner_optimizer inplace input input1 input2 input_col input_columns
    input_type interval interval_width jit_compile keepdim keepdims label label_mode label_names labels
    last_epoch lat1 lat2 layer limit_predict_batches limit_test_batches limit_train_batches
    limit_val_batches linestyle linewidth load_best_model_at_end loc local_rank location log_dir
    log_every_n_steps log_level log_period log_with logger logging_dir logging_first_step logging_level
    logging_steps logging_strategy lon1 lon2 loss_scale low_memory map_location marker markersize
    mask_value max_process max_queue_size maximize memory metric_for_best_model metric_period metrics
    min_group_name missing missing_values model model_name model_name_or_path module modules_to_save
    monitor multiprocessing_context n_cpus n_fold n_folds n_gpus n_jobs n_repeats n_rows n_samples
    n_splits n_trials name names new_fingerprint nfold nfolds no_jit node_rank nrows nthread nthreads
    null_word num_batches_per_epoch num_class num_classes num_cpus num_features num_folds num_gpus
    num_labels num_nodes num_outputs num_proc num_processes num_rows num_samples num_sanity_val_steps
    num_tasks num_threads num_training_steps num_trials num_workers oov_token optimizer out_of_bounds
    output_dir outputs overfit_batches overwrite_output_dir pad_token_id padding_idx padding_mode
    parallel param_distributions param_grid param_name param_range parameters params
    partition_random_seed path persistent_workers pin_memory pin_memory_device plot plugins pool
    pos_label precision prefetch prefetch_factor pretrained print_every print_freq profile_batch
    profiler progress_bar project_dir projection_prng_key push_to_hub random_seed random_state rank
    reduce reduction reference refit reload_dataloaders_every_n_epochs report_to resume_from_checkpoint
    return_dict return_indices return_sequences return_state return_train_score revision rng root
    rounding row_count run_eagerly run_name sample_weight sampler sampling_frequency save_best_only
    save_freq save_last save_period save_snapshot save_steps save_strategy save_top_k save_total_limit
    save_weights_only schedulers search_space seasonal_periods seed seeds sentences sep sequences shape
    show_stdv shuffle silent size_average skip_memory_metrics snapshot_file snapshot_interval sort_index
    sorted_vocab split split_batches start_from_epoch stateful stochastic_rounding_seed stop_words
    storage store_covariance store_cv_results stratify stream streaming strict study_name subplots tags
    target target_class_ids target_names targets task_type test_size tf32 thread_count threads
    time_limit timeout title tokenizer torch_compile torch_dtype track_running_stats train_dir
    train_objectives train_set train_size transformer transformer_list transformer_weights transformers
    trust_remote_code uncertainty_samples update_freq use_cache use_cpu use_cuda use_gpu
    use_multiprocessing used_ram_limit val_check_interval valid_names valid_sets validate_parameters
    validation_batch_size validation_data validation_freq validation_split validation_steps variables
    verbose verbose_eval verbose_interval verbosity version vocabulary warm_start
    warn_independent_sampling weights width worker_init_fn workers world_size wrapped_pruner write_graph
    write_images writer_batch_size X x xgb_model y yearfirst zero_infinity
""")
"""Parameters that say how to run, what the data are or where things go, not what to learn.
Split sizes and seeds are here as well: other rules look at them."""

SHAPE_SLOTS: frozenset[str] = words("""
    axes axis channels depth_multiplier dilation dilation_rate dim end_dim feature_dim features filters
    groups hidden_channels in1_features in2_features in_channels in_dim in_feats in_features in_planes
    input_channels input_dim input_length input_shape input_size kernel_size max_len max_length
    max_tokens maxlen n_channels n_classes n_features n_inputs n_outputs ndim normalized_shape
    num_channels num_embeddings num_groups num_inputs out_channels out_dim out_feats out_features
    out_planes output_channels output_dim output_padding output_sequence_length output_shape output_size
    padding pool_size scale_factor seq_len sequence_length sequence_stride start_dim stride strides
    target_shape unflattened_size units vocab_size
""")
"""Parameters that describe the shape of the data or of the network: designed rather than searched."""

PARAM_DICTS: dict[str, ParamDict] = {
    "catboost.CatBoost": ParamDict(0, "params", "catboost.params"),
    "catboost.cv": ParamDict(1, "params", "catboost.params"),
    "catboost.train": ParamDict(1, "params", "catboost.params"),
    "lightgbm.Booster": ParamDict(0, "params", "lightgbm.params"),
    "lightgbm.cv": ParamDict(0, "params", "lightgbm.params"),
    "lightgbm.train": ParamDict(0, "params", "lightgbm.params"),
    "xgboost.Booster": ParamDict(0, "params", "xgboost.params"),
    "xgboost.cv": ParamDict(0, "params", "xgboost.params"),
    "xgboost.dask.train": ParamDict(1, "params", "xgboost.params"),
    "xgboost.train": ParamDict(0, "params", "xgboost.params"),
}
"""Callables that take their hyperparameters as a dictionary."""

UNTUNED: tuple[str, ...] = (
    "datasets.",
    "keras.metrics.",
    "keras.utils.",
    "pandas.",
    "polars.",
    "sklearn.datasets.",
    "sklearn.inspection.",
    "sklearn.utils.",
    "torch.nn.init.",
    "torch.utils.data.BatchSampler",
    "torch.utils.data.RandomSampler",
    "torch.utils.data.SubsetRandomSampler",
    "torch.utils.data.WeightedRandomSampler",
    "torch.utils.data.random_split",
)
"""Beginnings of callables whose signature is known for other reasons: nothing in them is tuned."""
