"""Trainers and their settings: transformers 5.23, lightning 2.6, peft 0.21, accelerate 1.15, optuna 5.0, timm 1.0.31,
datasets 5.2, trl 1.16. Read from the sources in their wheels, 2025-11. Of
the configuration classes only fields one tunes are here."""

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
        "*, task_type=None, r=8, target_modules=None, lora_alpha=8, lora_dropout=0.0, bias='none', "
        "qalora_group_size=16, target_r=8, init_r=12, tinit=0, tfinal=0, deltaT=1, beta1=0.85, "
        "beta2=0.85, orth_reg_weight=0.5"
    ),
    "peft.BOFTConfig": (
        "*, task_type=None, boft_block_size=4, boft_block_num=0, boft_n_butterfly_factor=1, "
        "target_modules=None, boft_dropout=0.0, bias='none'"
    ),
    "peft.IA3Config": "*, task_type=None, target_modules=None",
    "peft.LoHaConfig": (
        "*, task_type=None, r=8, alpha=8, rank_dropout=0.0, module_dropout=0.0, target_modules=None"
    ),
    "peft.LoKrConfig": (
        "*, task_type=None, r=8, alpha=8, rank_dropout=0.0, module_dropout=0.0, decompose_factor=-1, "
        "target_modules=None"
    ),
    "peft.LoraConfig": (
        "*, task_type=None, r=8, target_modules=None, lora_alpha=8, lora_dropout=0.0, bias='none', "
        "qalora_group_size=16"
    ),
    "peft.MultitaskPromptTuningConfig": (
        "*, task_type=None, num_layers=None, prompt_tuning_init_task=0, num_ranks=1"
    ),
    "peft.OFTConfig": (
        "*, task_type=None, r=0, oft_block_size=32, module_dropout=0.0, target_modules=None, "
        "bias='none', eps=6e-05, num_cayley_neumann_terms=5"
    ),
    "peft.PrefixTuningConfig": "*, task_type=None, num_layers=None",
    "peft.PromptEncoderConfig": (
        "*, task_type=None, num_layers=None, encoder_num_layers=2, encoder_dropout=0.0"
    ),
    "peft.PromptTuningConfig": "*, task_type=None, num_layers=None",
    "peft.VeraConfig": (
        "*, task_type=None, r=256, target_modules=None, vera_dropout=0.0, d_initial=0.1, bias='none'"
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
        "*, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, learning_rate=5e-05, "
        "lr_scheduler_type='linear', warmup_steps=0, optim=..., weight_decay=0.0, adam_beta1=0.9, "
        "adam_beta2=0.999, adam_epsilon=1e-08, gradient_accumulation_steps=1, max_grad_norm=1.0, "
        "label_smoothing_factor=0.0, per_device_eval_batch_size=8, seed=42, data_seed=None, "
        "warmup_ratio=0.0"
    ),
    "transformers.TrainingArguments": (
        "*, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, learning_rate=5e-05, "
        "lr_scheduler_type='linear', warmup_steps=0, optim=..., weight_decay=0.0, adam_beta1=0.9, "
        "adam_beta2=0.999, adam_epsilon=1e-08, gradient_accumulation_steps=1, max_grad_norm=1.0, "
        "label_smoothing_factor=0.0, per_device_eval_batch_size=8, seed=42, data_seed=None, "
        "warmup_ratio=0.0"
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
    "trl.DPOConfig": (
        "*, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, "
        "lr_scheduler_type='linear', warmup_steps=0, optim=..., weight_decay=0.0, adam_beta1=0.9, "
        "adam_beta2=0.999, adam_epsilon=1e-08, gradient_accumulation_steps=1, max_grad_norm=1.0, "
        "label_smoothing_factor=0.0, per_device_eval_batch_size=8, seed=42, data_seed=None, "
        "learning_rate=1e-06, max_length=1024, f_alpha_divergence_coef=0.5, label_smoothing=0.0, "
        "beta=0.1, discopop_tau=0.05, ref_model_mixup_alpha=0.6, ref_model_sync_steps=512"
    ),
    "trl.GRPOConfig": (
        "*, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, "
        "lr_scheduler_type='linear', warmup_steps=0, optim=..., weight_decay=0.0, adam_beta1=0.9, "
        "adam_beta2=0.999, adam_epsilon=1e-08, gradient_accumulation_steps=1, max_grad_norm=1.0, "
        "label_smoothing_factor=0.0, per_device_eval_batch_size=8, seed=42, data_seed=None, "
        "learning_rate=1e-06, num_generations=8, max_completion_length=512, temperature=1.0, "
        "top_p=1.0, top_k=0, repetition_penalty=1.0, vllm_server_port=8000, vllm_server_timeout=240.0, "
        "vllm_group_port=51216, vllm_gpu_memory_utilization=0.3, vllm_tensor_parallel_size=1, "
        "beta=0.0, num_iterations=1, epsilon=0.2, sapo_temperature_neg=1.05, sapo_temperature_pos=1.0, "
        "vespo_k_pos=2.0, vespo_lambda_pos=3.0, vespo_k_neg=3.0, vespo_lambda_neg=2.0, "
        "ref_model_mixup_alpha=0.6, ref_model_sync_steps=512, top_entropy_quantile=1.0, "
        "entropy_coef=0.0, entropy_coef_min=0.0, entropy_coef_max=1.0, entropy_coef_delta=0.005, "
        "entropy_target=0.2, vllm_importance_sampling_clip_max=3.0"
    ),
    "trl.KTOConfig": (
        "*, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, "
        "lr_scheduler_type='linear', warmup_steps=0, optim=..., weight_decay=0.0, adam_beta1=0.9, "
        "adam_beta2=0.999, adam_epsilon=1e-08, gradient_accumulation_steps=1, max_grad_norm=1.0, "
        "label_smoothing_factor=0.0, per_device_eval_batch_size=8, seed=42, data_seed=None, "
        "learning_rate=1e-06, max_length=1024, beta=0.1, desirable_weight=1.0, undesirable_weight=1.0, "
        "ref_model_mixup_alpha=0.6, ref_model_sync_steps=512"
    ),
    "trl.RLOOConfig": (
        "*, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, "
        "lr_scheduler_type='linear', warmup_steps=0, optim=..., weight_decay=0.0, adam_beta1=0.9, "
        "adam_beta2=0.999, adam_epsilon=1e-08, gradient_accumulation_steps=1, max_grad_norm=1.0, "
        "label_smoothing_factor=0.0, per_device_eval_batch_size=8, seed=42, data_seed=None, "
        "learning_rate=1e-06, num_generations=2, max_completion_length=512, temperature=1.0, "
        "top_p=1.0, top_k=0, repetition_penalty=1.0, vllm_server_port=8000, vllm_server_timeout=240.0, "
        "vllm_group_port=51216, vllm_gpu_memory_utilization=0.3, vllm_tensor_parallel_size=1, "
        "beta=0.05, num_iterations=1, epsilon=0.2, ref_model_mixup_alpha=0.6, ref_model_sync_steps=512"
    ),
    "trl.RewardConfig": (
        "*, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, "
        "lr_scheduler_type='linear', warmup_steps=0, optim=..., weight_decay=0.0, adam_beta1=0.9, "
        "adam_beta2=0.999, adam_epsilon=1e-08, gradient_accumulation_steps=1, max_grad_norm=1.0, "
        "label_smoothing_factor=0.0, per_device_eval_batch_size=8, seed=42, data_seed=None, "
        "learning_rate=0.0001, max_length=1024"
    ),
    "trl.SFTConfig": (
        "*, per_device_train_batch_size=8, num_train_epochs=3.0, max_steps=-1, "
        "lr_scheduler_type='linear', warmup_steps=0, optim=..., weight_decay=0.0, adam_beta1=0.9, "
        "adam_beta2=0.999, adam_epsilon=1e-08, gradient_accumulation_steps=1, max_grad_norm=1.0, "
        "label_smoothing_factor=0.0, per_device_eval_batch_size=8, seed=42, data_seed=None, "
        "learning_rate=2e-05, max_length=1024"
    ),
}
