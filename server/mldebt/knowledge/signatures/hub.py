"""Trainers and their settings: transformers 5.23, lightning 2.6, peft 0.21, accelerate 1.15, optuna 5.0, timm 1.0.31,
datasets 5.2. Read from the sources in their wheels, 2025-11."""

from __future__ import annotations

HUB: dict[str, str] = {
    "accelerate.Accelerator": (
        "device_placement=True, split_batches=..., mixed_precision=None, "
        "gradient_accumulation_steps=1, cpu=False, dataloader_config=None, deepspeed_plugin=None, "
        "fsdp_plugin=None, torch_tp_plugin=None, megatron_lm_plugin=None, rng_types=None, "
        "log_with=None, project_dir=None, project_config=None, gradient_accumulation_plugin=None, "
        "step_scheduler_with_optimizer=True, kwargs_handlers=None, dynamo_backend=None, "
        "dynamo_plugin=None, deepspeed_plugins=None, parallelism_config=None"
    ),
    "datasets.Dataset().shuffle": (
        "seed=None, generator=None, keep_in_memory=False, load_from_cache_file=None, "
        "indices_cache_file_name=None, writer_batch_size=1000, new_fingerprint=None"
    ),
    "datasets.Dataset().train_test_split": (
        "test_size=None, train_size=None, shuffle=True, stratify_by_column=None, seed=None, "
        "generator=None, keep_in_memory=False, load_from_cache_file=None, "
        "train_indices_cache_file_name=None, test_indices_cache_file_name=None, "
        "writer_batch_size=1000, train_new_fingerprint=None, test_new_fingerprint=None"
    ),
    "datasets.load_dataset": (
        "path, name=None, data_dir=None, data_files=None, split=None, cache_dir=None, features=None, "
        "download_config=None, download_mode=None, verification_mode=None, keep_in_memory=None, "
        "save_infos=False, revision=None, token=None, streaming=False, num_proc=None, "
        "storage_options=None"
    ),
    "lightning.Trainer": (
        "*, accelerator='auto', strategy='auto', devices='auto', num_nodes=1, precision=None, "
        "logger=None, callbacks=None, fast_dev_run=False, max_epochs=None, min_epochs=None, "
        "max_steps=-1, min_steps=None, max_time=None, limit_train_batches=None, "
        "limit_val_batches=None, limit_test_batches=None, limit_predict_batches=None, "
        "overfit_batches=0.0, val_check_interval=None, check_val_every_n_epoch=1, "
        "num_sanity_val_steps=None, log_every_n_steps=None, enable_checkpointing=None, "
        "enable_progress_bar=None, enable_model_summary=None, accumulate_grad_batches=1, "
        "gradient_clip_val=None, gradient_clip_algorithm=None, deterministic=None, benchmark=None, "
        "inference_mode=True, use_distributed_sampler=True, profiler=None, detect_anomaly=False, "
        "barebones=False, plugins=None, sync_batchnorm=False, reload_dataloaders_every_n_epochs=0, "
        "default_root_dir=None, enable_autolog_hparams=True, model_registry=None"
    ),
    "lightning.callbacks.BatchSizeFinder": (
        "mode='power', steps_per_trial=3, init_val=2, max_trials=25, batch_arg_name='batch_size', "
        "margin=0.05, max_val=8192"
    ),
    "lightning.callbacks.EarlyStopping": (
        "monitor, min_delta=0.0, patience=3, verbose=False, mode='min', strict=True, "
        "check_finite=True, stopping_threshold=None, divergence_threshold=None, "
        "check_on_train_epoch_end=None, log_rank_zero_only=False"
    ),
    "lightning.callbacks.GradientAccumulationScheduler": "scheduling",
    "lightning.callbacks.LearningRateFinder": (
        "min_lr=1e-08, max_lr=1, num_training_steps=100, mode='exponential', early_stop_threshold=4.0, "
        "update_attr=True, attr_name=''"
    ),
    "lightning.callbacks.ModelCheckpoint": (
        "dirpath=None, filename=None, monitor=None, verbose=False, save_last=None, save_top_k=1, "
        "save_on_exception=False, save_weights_only=False, mode='min', auto_insert_metric_name=True, "
        "every_n_train_steps=None, train_time_interval=None, every_n_epochs=None, "
        "save_on_train_epoch_end=None, enable_version_counter=True"
    ),
    "lightning.callbacks.ModelPruning": (
        "pruning_fn, parameters_to_prune=(), parameter_names=None, use_global_unstructured=True, "
        "amount=0.5, apply_pruning=True, make_pruning_permanent=True, "
        "use_lottery_ticket_hypothesis=True, resample_parameters=False, pruning_dim=None, "
        "pruning_norm=None, verbose=0, prune_on_train_epoch_end=True"
    ),
    "lightning.callbacks.StochasticWeightAveraging": (
        "swa_lrs, swa_epoch_start=0.8, annealing_epochs=10, annealing_strategy='cos', avg_fn=None, device=..."
    ),
    "optuna.Study().optimize": (
        "func, n_trials=None, timeout=None, n_jobs=1, catch=(), callbacks=None, gc_after_trial=False, "
        "show_progress_bar=False"
    ),
    "optuna.create_study": (
        "*, storage=None, sampler=None, pruner=None, study_name=None, direction=None, "
        "load_if_exists=False, directions=None"
    ),
    "optuna.pruners.HyperbandPruner": (
        "min_resource=1, max_resource='auto', reduction_factor=3, bootstrap_count=0"
    ),
    "optuna.pruners.MedianPruner": (
        "n_startup_trials=5, n_warmup_steps=0, interval_steps=1, *, n_min_trials=1"
    ),
    "optuna.pruners.PatientPruner": "wrapped_pruner, patience, min_delta=0.0",
    "optuna.pruners.PercentilePruner": (
        "percentile, n_startup_trials=5, n_warmup_steps=0, interval_steps=1, *, n_min_trials=1"
    ),
    "optuna.pruners.SuccessiveHalvingPruner": (
        "min_resource='auto', reduction_factor=4, min_early_stopping_rate=0, bootstrap_count=0"
    ),
    "optuna.pruners.ThresholdPruner": "lower=None, upper=None, n_warmup_steps=0, interval_steps=1",
    "optuna.pruners.WilcoxonPruner": "*, p_threshold=0.1, n_startup_steps=2",
    "optuna.samplers.BruteForceSampler": "seed=None, avoid_premature_stop=False",
    "optuna.samplers.CmaEsSampler": (
        "*, x0=None, sigma0=None, n_startup_trials=1, independent_sampler=None, "
        "warn_independent_sampling=True, seed=None, consider_pruned_trials=False, "
        "restart_strategy=None, popsize=None, inc_popsize=-1, use_separable_cma=False, "
        "with_margin=False, lr_adapt=False, source_trials=None"
    ),
    "optuna.samplers.GPSampler": (
        "*, seed=None, independent_sampler=None, n_startup_trials=10, deterministic_objective=False, "
        "constraints_func=None, warn_independent_sampling=True"
    ),
    "optuna.samplers.GridSampler": "search_space, seed=None",
    "optuna.samplers.NSGAIIISampler": (
        "*, population_size=50, mutation=None, mutation_prob=None, crossover=None, crossover_prob=0.9, "
        "swapping_prob=0.5, seed=None, constraints_func=None, reference_points=None, "
        "dividing_parameter=3, elite_population_selection_strategy=None, "
        "child_generation_strategy=None, after_trial_strategy=None"
    ),
    "optuna.samplers.NSGAIISampler": (
        "*, population_size=50, mutation=None, mutation_prob=None, crossover=None, crossover_prob=0.9, "
        "swapping_prob=0.5, seed=None, constraints_func=None, "
        "elite_population_selection_strategy=None, child_generation_strategy=None, "
        "after_trial_strategy=None"
    ),
    "optuna.samplers.PartialFixedSampler": "fixed_params, base_sampler",
    "optuna.samplers.QMCSampler": (
        "*, qmc_type='sobol', scramble=False, seed=None, independent_sampler=None, "
        "warn_asynchronous_seeding=True, warn_independent_sampling=True"
    ),
    "optuna.samplers.RandomSampler": "seed=None",
    "optuna.samplers.TPESampler": (
        "*, consider_prior=None, prior_weight=None, consider_magic_clip=None, consider_endpoints=None, "
        "n_startup_trials=10, n_ei_candidates=24, gamma=None, weights=None, seed=None, "
        "multivariate=None, group=False, warn_independent_sampling=None, constant_liar=True, "
        "constraints_func=None"
    ),
    "peft.AdaLoraConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, r=8, target_modules=None, "
        "exclude_modules=None, lora_alpha=8, lora_dropout=0.0, fan_in_fan_out=False, bias='none', "
        "use_rslora=False, modules_to_save=None, init_lora_weights=True, layers_to_transform=None, "
        "layers_pattern=None, alpha_pattern=..., megatron_config=None, megatron_core='megatron.core', "
        "trainable_token_indices=None, loftq_config=..., eva_config=None, corda_config=None, "
        "lora_ga_config=None, use_dora=False, velora_config=None, alora_invocation_tokens=None, "
        "use_qalora=False, qalora_group_size=16, monteclora_config=None, layer_replication=None, "
        "runtime_config=..., lora_bias=False, target_parameters=None, use_bdlora=None, "
        "arrow_config=None, kasa_config=None, ensure_weight_tying=False, target_r=8, init_r=12, "
        "tinit=0, tfinal=0, deltaT=1, beta1=0.85, beta2=0.85, orth_reg_weight=0.5, total_step=None, "
        "rank_pattern=None"
    ),
    "peft.BOFTConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, boft_block_size=4, boft_block_num=0, "
        "boft_n_butterfly_factor=1, target_modules=None, exclude_modules=None, boft_dropout=0.0, "
        "fan_in_fan_out=False, bias='none', modules_to_save=None, init_weights=True, "
        "layers_to_transform=None, layers_pattern=None"
    ),
    "peft.IA3Config": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, target_modules=None, "
        "exclude_modules=None, feedforward_modules=None, fan_in_fan_out=False, modules_to_save=None, "
        "init_ia3_weights=True"
    ),
    "peft.LoHaConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, rank_pattern=..., alpha_pattern=..., "
        "r=8, alpha=8, rank_dropout=0.0, module_dropout=0.0, use_effective_conv2d=False, "
        "target_modules=None, exclude_modules=None, init_weights=True, layers_to_transform=None, "
        "layers_pattern=None, modules_to_save=None"
    ),
    "peft.LoKrConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, rank_pattern=..., alpha_pattern=..., "
        "r=8, alpha=8, rank_dropout=0.0, module_dropout=0.0, use_effective_conv2d=False, "
        "decompose_both=False, decompose_factor=-1, rank_dropout_scale=False, target_modules=None, "
        "exclude_modules=None, init_weights=True, layers_to_transform=None, layers_pattern=None, "
        "modules_to_save=None"
    ),
    "peft.LoraConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, r=8, target_modules=None, "
        "exclude_modules=None, lora_alpha=8, lora_dropout=0.0, fan_in_fan_out=False, bias='none', "
        "use_rslora=False, modules_to_save=None, init_lora_weights=True, layers_to_transform=None, "
        "layers_pattern=None, rank_pattern=..., alpha_pattern=..., megatron_config=None, "
        "megatron_core='megatron.core', trainable_token_indices=None, loftq_config=..., "
        "eva_config=None, corda_config=None, lora_ga_config=None, use_dora=False, velora_config=None, "
        "alora_invocation_tokens=None, use_qalora=False, qalora_group_size=16, monteclora_config=None, "
        "layer_replication=None, runtime_config=..., lora_bias=False, target_parameters=None, "
        "use_bdlora=None, arrow_config=None, kasa_config=None, ensure_weight_tying=False"
    ),
    "peft.MultitaskPromptTuningConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, num_virtual_tokens=None, "
        "token_dim=None, num_transformer_submodules=None, num_attention_heads=None, num_layers=None, "
        "modules_to_save=None, prompt_tuning_init_text=None, tokenizer_name_or_path=None, "
        "tokenizer_kwargs=None, prompt_tuning_init=..., prompt_tuning_init_state_dict_path=None, "
        "prompt_tuning_init_task=0, num_ranks=1, num_tasks=1"
    ),
    "peft.OFTConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, r=0, oft_block_size=32, "
        "module_dropout=0.0, target_modules=None, fan_in_fan_out=False, bias='none', "
        "exclude_modules=None, init_weights=True, layers_to_transform=None, layers_pattern=None, "
        "modules_to_save=None, coft=False, eps=6e-05, block_share=False, use_cayley_neumann=True, "
        "num_cayley_neumann_terms=5"
    ),
    "peft.PrefixTuningConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, num_virtual_tokens=None, "
        "token_dim=None, num_transformer_submodules=None, num_attention_heads=None, num_layers=None, "
        "modules_to_save=None, init_weights=None, encoder_hidden_size=None, prefix_projection=False"
    ),
    "peft.PromptEncoderConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, num_virtual_tokens=None, "
        "token_dim=None, num_transformer_submodules=None, num_attention_heads=None, num_layers=None, "
        "modules_to_save=None, encoder_reparameterization_type=..., encoder_hidden_size=None, "
        "encoder_num_layers=2, encoder_dropout=0.0"
    ),
    "peft.PromptTuningConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, num_virtual_tokens=None, "
        "token_dim=None, num_transformer_submodules=None, num_attention_heads=None, num_layers=None, "
        "modules_to_save=None, prompt_tuning_init=..., prompt_tuning_init_text=None, "
        "tokenizer_name_or_path=None, tokenizer_kwargs=None"
    ),
    "peft.VeraConfig": (
        "auto_mapping=None, peft_version=None, base_model_name_or_path=None, revision=None, "
        "peft_type=None, task_type=None, inference_mode=False, r=256, target_modules=None, "
        "projection_prng_key=0, save_projection=True, vera_dropout=0.0, d_initial=0.1, "
        "fan_in_fan_out=False, bias='none', modules_to_save=None, init_weights=True, "
        "layers_to_transform=None, layers_pattern=None"
    ),
    "timm.create_model": (
        "model_name, pretrained=False, pretrained_cfg=None, pretrained_cfg_overlay=None, "
        "checkpoint_path=None, cache_dir=None, scriptable=None, exportable=None, no_jit=None"
    ),
    "timm.data.Mixup": (
        "mixup_alpha=1.0, cutmix_alpha=0.0, cutmix_minmax=None, prob=1.0, switch_prob=0.5, "
        "mode='batch', correct_lam=True, label_smoothing=0.1, num_classes=1000, multi_label=False"
    ),
    "timm.loss.AsymmetricLossMultiLabel": (
        "gamma_neg=4, gamma_pos=1, clip=0.05, eps=1e-08, disable_torch_grad_focal_loss=False, "
        "smoothing=0.0, reduction='batchmean', weight=None, pos_weight=None"
    ),
    "timm.loss.BinaryCrossEntropy": (
        "smoothing=0.1, target_threshold=None, weight=None, reduction='mean', sum_classes=False, "
        "pos_weight=None, smooth_dense=False"
    ),
    "timm.loss.LabelSmoothingCrossEntropy": "smoothing=0.1",
    "timm.utils.ModelEmaV2": "model, decay=0.9999, device=None",
    "timm.utils.ModelEmaV3": (
        "model, decay=0.9999, min_decay=0.0, update_after_step=0, use_warmup=False, warmup_gamma=1.0, "
        "warmup_power=..., device=None, dtype=None, stochastic_rounding=True, "
        "stochastic_rounding_seed=0, foreach=True, exclude_buffers=False"
    ),
    "transformers.Adafactor": (
        "params, lr=None, eps=(1e-30, 0.001), clip_threshold=1.0, decay_rate=-0.8, beta1=None, "
        "weight_decay=0.0, scale_parameter=True, relative_step=True, warmup_init=False"
    ),
    "transformers.EarlyStoppingCallback": "early_stopping_patience=1, early_stopping_threshold=0.0",
    "transformers.Seq2SeqTrainingArguments": (
        "output_dir=None, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, "
        "learning_rate=5e-05, lr_scheduler_type='linear', lr_scheduler_kwargs=None, warmup_steps=0, "
        "optim=..., optim_args=None, weight_decay=0.0, adam_beta1=0.9, adam_beta2=0.999, "
        "adam_epsilon=1e-08, optim_target_modules=None, gradient_accumulation_steps=1, "
        "average_tokens_across_devices=True, max_grad_norm=1.0, label_smoothing_factor=0.0, "
        "bf16=False, fp16=False, bf16_full_eval=False, fp16_full_eval=False, tf32=None, "
        "activation_checkpointing=None, activation_checkpointing_kwargs=None, "
        "gradient_checkpointing=None, gradient_checkpointing_kwargs=None, torch_compile=False, "
        "torch_compile_backend=None, torch_compile_mode=None, use_liger_kernel=False, "
        "liger_kernel_config=None, use_cache=False, neftune_noise_alpha=None, "
        "torch_empty_cache_steps=None, auto_find_batch_size=False, logging_strategy='steps', "
        "logging_steps=500, logging_first_step=False, log_on_each_node=True, "
        "logging_nan_inf_filter=True, include_num_input_tokens_seen='no', log_level='passive', "
        "log_level_replica='warning', disable_tqdm=None, report_to='none', run_name=None, "
        "project='huggingface', trackio_space_id=None, trackio_bucket_id=None, "
        "trackio_static_space_id=None, eval_strategy='no', eval_steps=None, eval_delay=0, "
        "per_device_eval_batch_size=8, prediction_loss_only=False, eval_on_start=False, "
        "eval_do_concat_batches=True, eval_use_gather_object=False, eval_accumulation_steps=None, "
        "include_for_metrics=..., batch_eval_metrics=False, save_only_model=False, "
        "save_strategy='steps', save_steps=500, save_on_each_node=False, save_total_limit=None, "
        "enable_jit_checkpoint=False, push_to_hub=False, hub_token=None, hub_private_repo=None, "
        "hub_model_id=None, hub_strategy='every_save', hub_always_push=False, hub_revision=None, "
        "load_best_model_at_end=False, metric_for_best_model=None, greater_is_better=None, "
        "ignore_data_skip=False, restore_callback_states_from_checkpoint=False, "
        "full_determinism=False, seed=42, data_seed=None, use_cpu=False, accelerator_config=None, "
        "parallelism_config=None, dataloader_drop_last=False, dataloader_num_workers=0, "
        "dataloader_pin_memory=True, dataloader_persistent_workers=False, "
        "dataloader_prefetch_factor=None, dataloader_multiprocessing_context=None, "
        "dataloader_in_order=True, remove_unused_columns=True, label_names=None, "
        "train_sampling_strategy='random', length_column_name='length', "
        "ddp_find_unused_parameters=None, ddp_bucket_cap_mb=None, ddp_broadcast_buffers=None, "
        "ddp_static_graph=None, ddp_backend=None, ddp_timeout=1800, fsdp=None, fsdp_config=None, "
        "deepspeed=None, debug='', skip_memory_metrics=True, do_train=False, do_eval=False, "
        "do_predict=False, resume_from_checkpoint=None, local_rank=-1, sortish_sampler=False, "
        "predict_with_generate=False, generation_max_length=None, generation_num_beams=None, "
        "generation_config=None"
    ),
    "transformers.TrainingArguments": (
        "output_dir=None, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, "
        "learning_rate=5e-05, lr_scheduler_type='linear', lr_scheduler_kwargs=None, warmup_steps=0, "
        "optim=..., optim_args=None, weight_decay=0.0, adam_beta1=0.9, adam_beta2=0.999, "
        "adam_epsilon=1e-08, optim_target_modules=None, gradient_accumulation_steps=1, "
        "average_tokens_across_devices=True, max_grad_norm=1.0, label_smoothing_factor=0.0, "
        "bf16=False, fp16=False, bf16_full_eval=False, fp16_full_eval=False, tf32=None, "
        "activation_checkpointing=None, activation_checkpointing_kwargs=None, "
        "gradient_checkpointing=None, gradient_checkpointing_kwargs=None, torch_compile=False, "
        "torch_compile_backend=None, torch_compile_mode=None, use_liger_kernel=False, "
        "liger_kernel_config=None, use_cache=False, neftune_noise_alpha=None, "
        "torch_empty_cache_steps=None, auto_find_batch_size=False, logging_strategy='steps', "
        "logging_steps=500, logging_first_step=False, log_on_each_node=True, "
        "logging_nan_inf_filter=True, include_num_input_tokens_seen='no', log_level='passive', "
        "log_level_replica='warning', disable_tqdm=None, report_to='none', run_name=None, "
        "project='huggingface', trackio_space_id=None, trackio_bucket_id=None, "
        "trackio_static_space_id=None, eval_strategy='no', eval_steps=None, eval_delay=0, "
        "per_device_eval_batch_size=8, prediction_loss_only=False, eval_on_start=False, "
        "eval_do_concat_batches=True, eval_use_gather_object=False, eval_accumulation_steps=None, "
        "include_for_metrics=..., batch_eval_metrics=False, save_only_model=False, "
        "save_strategy='steps', save_steps=500, save_on_each_node=False, save_total_limit=None, "
        "enable_jit_checkpoint=False, push_to_hub=False, hub_token=None, hub_private_repo=None, "
        "hub_model_id=None, hub_strategy='every_save', hub_always_push=False, hub_revision=None, "
        "load_best_model_at_end=False, metric_for_best_model=None, greater_is_better=None, "
        "ignore_data_skip=False, restore_callback_states_from_checkpoint=False, "
        "full_determinism=False, seed=42, data_seed=None, use_cpu=False, accelerator_config=None, "
        "parallelism_config=None, dataloader_drop_last=False, dataloader_num_workers=0, "
        "dataloader_pin_memory=True, dataloader_persistent_workers=False, "
        "dataloader_prefetch_factor=None, dataloader_multiprocessing_context=None, "
        "dataloader_in_order=True, remove_unused_columns=True, label_names=None, "
        "train_sampling_strategy='random', length_column_name='length', "
        "ddp_find_unused_parameters=None, ddp_bucket_cap_mb=None, ddp_broadcast_buffers=None, "
        "ddp_static_graph=None, ddp_backend=None, ddp_timeout=1800, fsdp=None, fsdp_config=None, "
        "deepspeed=None, debug='', skip_memory_metrics=True, do_train=False, do_eval=False, "
        "do_predict=False, resume_from_checkpoint=None, local_rank=-1"
    ),
    "transformers.get_constant_schedule_with_warmup": "optimizer, num_warmup_steps, last_epoch=-1",
    "transformers.get_cosine_schedule_with_warmup": (
        "optimizer, num_warmup_steps, num_training_steps, num_cycles=0.5, last_epoch=-1"
    ),
    "transformers.get_cosine_with_hard_restarts_schedule_with_warmup": (
        "optimizer, num_warmup_steps, num_training_steps, num_cycles=1, last_epoch=-1"
    ),
    "transformers.get_inverse_sqrt_schedule": "optimizer, num_warmup_steps, timescale=None, last_epoch=-1",
    "transformers.get_linear_schedule_with_warmup": (
        "optimizer, num_warmup_steps, num_training_steps, last_epoch=-1"
    ),
    "transformers.get_polynomial_decay_schedule_with_warmup": (
        "optimizer, num_warmup_steps, num_training_steps, lr_end=1e-07, power=1.0, last_epoch=-1"
    ),
    "transformers.get_scheduler": (
        "name, optimizer, num_warmup_steps=None, num_training_steps=None, scheduler_specific_kwargs=None"
    ),
}
