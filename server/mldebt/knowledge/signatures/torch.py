"""torch 2.13.0, read from the sources in its wheel, 2025-11."""

from __future__ import annotations

TORCH: dict[str, str] = {
    "torch.nn.AdaptiveAvgPool1d": "output_size",
    "torch.nn.AdaptiveAvgPool2d": "output_size",
    "torch.nn.AdaptiveAvgPool3d": "output_size",
    "torch.nn.AdaptiveLogSoftmaxWithLoss": (
        "in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None"
    ),
    "torch.nn.AdaptiveMaxPool1d": "output_size, return_indices=False",
    "torch.nn.AdaptiveMaxPool2d": "output_size, return_indices=False",
    "torch.nn.AdaptiveMaxPool3d": "output_size, return_indices=False",
    "torch.nn.AlphaDropout": "p=0.5, inplace=False",
    "torch.nn.AvgPool1d": "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True",
    "torch.nn.AvgPool2d": (
        "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None"
    ),
    "torch.nn.AvgPool3d": (
        "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None"
    ),
    "torch.nn.BCELoss": "weight=None, size_average=None, reduce=None, reduction='mean'",
    "torch.nn.BCEWithLogitsLoss": (
        "weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None"
    ),
    "torch.nn.BatchNorm1d": (
        "num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, "
        "dtype=None, *, bias=True"
    ),
    "torch.nn.BatchNorm2d": (
        "num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, "
        "dtype=None, *, bias=True"
    ),
    "torch.nn.BatchNorm3d": (
        "num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, "
        "dtype=None, *, bias=True"
    ),
    "torch.nn.Bilinear": "in1_features, in2_features, out_features, bias=True, device=None, dtype=None",
    "torch.nn.CELU": "alpha=1.0, inplace=False",
    "torch.nn.CTCLoss": "blank=0, reduction='mean', zero_infinity=False",
    "torch.nn.ChannelShuffle": "groups",
    "torch.nn.CircularPad1d": "padding",
    "torch.nn.CircularPad2d": "padding",
    "torch.nn.CircularPad3d": "padding",
    "torch.nn.ConstantPad1d": "padding, value",
    "torch.nn.ConstantPad2d": "padding, value",
    "torch.nn.ConstantPad3d": "padding, value",
    "torch.nn.Conv1d": (
        "in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, "
        "padding_mode='zeros', device=None, dtype=None"
    ),
    "torch.nn.Conv2d": (
        "in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, "
        "padding_mode='zeros', device=None, dtype=None"
    ),
    "torch.nn.Conv3d": (
        "in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, "
        "padding_mode='zeros', device=None, dtype=None"
    ),
    "torch.nn.ConvTranspose1d": (
        "in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, "
        "bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None"
    ),
    "torch.nn.ConvTranspose2d": (
        "in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, "
        "bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None"
    ),
    "torch.nn.ConvTranspose3d": (
        "in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, "
        "bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None"
    ),
    "torch.nn.CosineEmbeddingLoss": "margin=0.0, size_average=None, reduce=None, reduction='mean'",
    "torch.nn.CosineSimilarity": "dim=1, eps=1e-08",
    "torch.nn.CrossEntropyLoss": (
        "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', "
        "label_smoothing=0.0"
    ),
    "torch.nn.Dropout": "p=0.5, inplace=False",
    "torch.nn.Dropout1d": "p=0.5, inplace=False",
    "torch.nn.Dropout2d": "p=0.5, inplace=False",
    "torch.nn.Dropout3d": "p=0.5, inplace=False",
    "torch.nn.ELU": "alpha=1.0, inplace=False",
    "torch.nn.Embedding": (
        "num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, "
        "scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None"
    ),
    "torch.nn.EmbeddingBag": (
        "num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, "
        "mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None, "
        "device=None, dtype=None"
    ),
    "torch.nn.FeatureAlphaDropout": "p=0.5, inplace=False",
    "torch.nn.Flatten": "start_dim=1, end_dim=-1",
    "torch.nn.Fold": "output_size, kernel_size, dilation=1, padding=0, stride=1",
    "torch.nn.FractionalMaxPool2d": (
        "kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None"
    ),
    "torch.nn.FractionalMaxPool3d": (
        "kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None"
    ),
    "torch.nn.GELU": "approximate='none'",
    "torch.nn.GLU": "dim=-1",
    "torch.nn.GRU": (
        "input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, "
        "bidirectional=False, device=None, dtype=None"
    ),
    "torch.nn.GRUCell": "input_size, hidden_size, bias=True, device=None, dtype=None",
    "torch.nn.GaussianNLLLoss": "*, full=False, eps=1e-06, reduction='mean'",
    "torch.nn.GroupNorm": (
        "num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True"
    ),
    "torch.nn.Hardshrink": "lambd=0.5",
    "torch.nn.Hardsigmoid": "inplace=False",
    "torch.nn.Hardswish": "inplace=False",
    "torch.nn.Hardtanh": "min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None",
    "torch.nn.HingeEmbeddingLoss": "margin=1.0, size_average=None, reduce=None, reduction='mean'",
    "torch.nn.HuberLoss": "reduction='mean', delta=1.0",
    "torch.nn.InstanceNorm1d": (
        "num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, "
        "dtype=None, *, bias=True"
    ),
    "torch.nn.InstanceNorm2d": (
        "num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, "
        "dtype=None, *, bias=True"
    ),
    "torch.nn.InstanceNorm3d": (
        "num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, "
        "dtype=None, *, bias=True"
    ),
    "torch.nn.KLDivLoss": "size_average=None, reduce=None, reduction='mean', log_target=False",
    "torch.nn.L1Loss": "size_average=None, reduce=None, reduction='mean'",
    "torch.nn.LPPool1d": "norm_type, kernel_size, stride=None, ceil_mode=False",
    "torch.nn.LPPool2d": "norm_type, kernel_size, stride=None, ceil_mode=False",
    "torch.nn.LPPool3d": "norm_type, kernel_size, stride=None, ceil_mode=False",
    "torch.nn.LSTM": (
        "input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, "
        "bidirectional=False, proj_size=0, device=None, dtype=None"
    ),
    "torch.nn.LSTMCell": "input_size, hidden_size, bias=True, device=None, dtype=None",
    "torch.nn.LayerNorm": (
        "normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None"
    ),
    "torch.nn.LeakyReLU": "negative_slope=0.01, inplace=False",
    "torch.nn.Linear": "in_features, out_features, bias=True, device=None, dtype=None",
    "torch.nn.LinearCrossEntropyLoss": (
        "in_features, num_classes, *, out_features=(), bias=False, device=None, dtype=None, "
        "reduction='mean', weight=None, ignore_index=None, label_smoothing=0.0, options=None"
    ),
    "torch.nn.LocalResponseNorm": "size, alpha=0.0001, beta=0.75, k=1.0",
    "torch.nn.LogSoftmax": "dim=None",
    "torch.nn.MSELoss": "size_average=None, reduce=None, reduction='mean'",
    "torch.nn.MarginRankingLoss": "margin=0.0, size_average=None, reduce=None, reduction='mean'",
    "torch.nn.MaxPool1d": (
        "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False"
    ),
    "torch.nn.MaxPool2d": (
        "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False"
    ),
    "torch.nn.MaxPool3d": (
        "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False"
    ),
    "torch.nn.MaxUnpool1d": "kernel_size, stride=None, padding=0",
    "torch.nn.MaxUnpool2d": "kernel_size, stride=None, padding=0",
    "torch.nn.MaxUnpool3d": "kernel_size, stride=None, padding=0",
    "torch.nn.Mish": "inplace=False",
    "torch.nn.ModuleDict": "modules=None",
    "torch.nn.ModuleList": "modules=None",
    "torch.nn.MultiLabelMarginLoss": "size_average=None, reduce=None, reduction='mean'",
    "torch.nn.MultiLabelSoftMarginLoss": "weight=None, size_average=None, reduce=None, reduction='mean'",
    "torch.nn.MultiMarginLoss": (
        "p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean'"
    ),
    "torch.nn.MultiheadAttention": (
        "embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, "
        "kdim=None, vdim=None, batch_first=False, device=None, dtype=None"
    ),
    "torch.nn.NLLLoss": "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'",
    "torch.nn.NLLLoss2d": (
        "weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'"
    ),
    "torch.nn.PReLU": "num_parameters=1, init=0.25, device=None, dtype=None",
    "torch.nn.PairwiseDistance": "p=2.0, eps=1e-06, keepdim=False",
    "torch.nn.ParameterDict": "parameters=None",
    "torch.nn.ParameterList": "values=None",
    "torch.nn.PixelShuffle": "upscale_factor",
    "torch.nn.PixelUnshuffle": "downscale_factor",
    "torch.nn.PoissonNLLLoss": (
        "log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'"
    ),
    "torch.nn.RMSNorm": "normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None",
    "torch.nn.RNN": (
        "input_size, hidden_size, num_layers=1, nonlinearity='tanh', bias=True, batch_first=False, "
        "dropout=0.0, bidirectional=False, device=None, dtype=None"
    ),
    "torch.nn.RNNCell": "input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None",
    "torch.nn.RReLU": "lower=..., upper=..., inplace=False",
    "torch.nn.ReLU": "inplace=False",
    "torch.nn.ReLU6": "inplace=False",
    "torch.nn.ReflectionPad1d": "padding",
    "torch.nn.ReflectionPad2d": "padding",
    "torch.nn.ReflectionPad3d": "padding",
    "torch.nn.ReplicationPad1d": "padding",
    "torch.nn.ReplicationPad2d": "padding",
    "torch.nn.ReplicationPad3d": "padding",
    "torch.nn.SELU": "inplace=False",
    "torch.nn.SiLU": "inplace=False",
    "torch.nn.SmoothL1Loss": "size_average=None, reduce=None, reduction='mean', beta=1.0",
    "torch.nn.SoftMarginLoss": "size_average=None, reduce=None, reduction='mean'",
    "torch.nn.Softmax": "dim=None",
    "torch.nn.Softmin": "dim=None",
    "torch.nn.Softplus": "beta=1.0, threshold=20.0",
    "torch.nn.Softshrink": "lambd=0.5",
    "torch.nn.Threshold": "threshold, value, inplace=False",
    "torch.nn.Transformer": (
        "d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, "
        "dropout=0.1, activation=..., custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, "
        "batch_first=False, norm_first=False, bias=True, device=None, dtype=None"
    ),
    "torch.nn.TransformerDecoder": "decoder_layer, num_layers, norm=None",
    "torch.nn.TransformerDecoderLayer": (
        "d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=..., layer_norm_eps=1e-05, "
        "batch_first=False, norm_first=False, bias=True, device=None, dtype=None"
    ),
    "torch.nn.TransformerEncoder": (
        "encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True"
    ),
    "torch.nn.TransformerEncoderLayer": (
        "d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=..., layer_norm_eps=1e-05, "
        "batch_first=False, norm_first=False, bias=True, device=None, dtype=None"
    ),
    "torch.nn.TripletMarginLoss": (
        "margin=1.0, p=2.0, eps=1e-06, swap=False, size_average=None, reduce=None, reduction='mean'"
    ),
    "torch.nn.TripletMarginWithDistanceLoss": (
        "*, distance_function=None, margin=1.0, swap=False, reduction='mean'"
    ),
    "torch.nn.Unflatten": "dim, unflattened_size",
    "torch.nn.Unfold": "kernel_size, dilation=1, padding=0, stride=1",
    "torch.nn.Upsample": (
        "size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None"
    ),
    "torch.nn.UpsamplingBilinear2d": "size=None, scale_factor=None",
    "torch.nn.UpsamplingNearest2d": "size=None, scale_factor=None",
    "torch.nn.ZeroPad1d": "padding",
    "torch.nn.ZeroPad2d": "padding",
    "torch.nn.ZeroPad3d": "padding",
    "torch.nn.functional.alpha_dropout": "input, p=0.5, training=False, inplace=False",
    "torch.nn.functional.batch_norm": (
        "input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05"
    ),
    "torch.nn.functional.binary_cross_entropy": (
        "input, target, weight=None, size_average=None, reduce=None, reduction='mean'"
    ),
    "torch.nn.functional.binary_cross_entropy_with_logits": (
        "input, target, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None"
    ),
    "torch.nn.functional.celu": "input, alpha=1.0, inplace=False",
    "torch.nn.functional.cross_entropy": (
        "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, "
        "reduction='mean', label_smoothing=0.0"
    ),
    "torch.nn.functional.dropout": "input, p=0.5, training=True, inplace=False",
    "torch.nn.functional.dropout1d": "input, p=0.5, training=True, inplace=False",
    "torch.nn.functional.dropout2d": "input, p=0.5, training=True, inplace=False",
    "torch.nn.functional.dropout3d": "input, p=0.5, training=True, inplace=False",
    "torch.nn.functional.elu": "input, alpha=1.0, inplace=False",
    "torch.nn.functional.feature_alpha_dropout": "input, p=0.5, training=False, inplace=False",
    "torch.nn.functional.group_norm": "input, num_groups, weight=None, bias=None, eps=1e-05",
    "torch.nn.functional.gumbel_softmax": "logits, tau=1, hard=False, eps=1e-10, dim=-1",
    "torch.nn.functional.huber_loss": "input, target, reduction='mean', delta=1.0, weight=None",
    "torch.nn.functional.layer_norm": "input, normalized_shape, weight=None, bias=None, eps=1e-05",
    "torch.nn.functional.leaky_relu": "input, negative_slope=0.01, inplace=False",
    "torch.nn.functional.margin_ranking_loss": (
        "input1, input2, target, margin=0, size_average=None, reduce=None, reduction='mean'"
    ),
    "torch.nn.functional.smooth_l1_loss": (
        "input, target, size_average=None, reduce=None, reduction='mean', beta=1.0"
    ),
    "torch.nn.functional.triplet_margin_loss": (
        "anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, size_average=None, "
        "reduce=None, reduction='mean'"
    ),
    "torch.nn.utils.clip_grad_norm_": (
        "parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None"
    ),
    "torch.nn.utils.clip_grad_value_": "parameters, clip_value, foreach=None",
    "torch.optim.ASGD": (
        "params, lr=0.01, lambd=0.0001, alpha=0.75, t0=1000000.0, weight_decay=0, foreach=None, "
        "maximize=False, differentiable=False, capturable=False"
    ),
    "torch.optim.Adadelta": (
        "params, lr=1.0, rho=0.9, eps=1e-06, weight_decay=0, foreach=None, *, capturable=False, "
        "maximize=False, differentiable=False"
    ),
    "torch.optim.Adafactor": (
        "params, lr=0.01, beta2_decay=-0.8, eps=(None, 0.001), d=1.0, weight_decay=0.0, *, "
        "foreach=None, maximize=False"
    ),
    "torch.optim.Adagrad": (
        "params, lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10, "
        "foreach=None, *, maximize=False, differentiable=False, fused=None"
    ),
    "torch.optim.Adam": (
        "params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, amsgrad=False, *, "
        "foreach=None, maximize=False, capturable=False, differentiable=False, fused=None, "
        "decoupled_weight_decay=False"
    ),
    "torch.optim.AdamW": (
        "params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01, amsgrad=False, *, "
        "maximize=False, foreach=None, capturable=False, differentiable=False, fused=None"
    ),
    "torch.optim.Adamax": (
        "params, lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach=None, *, "
        "maximize=False, differentiable=False, capturable=False"
    ),
    "torch.optim.LBFGS": (
        "params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-07, tolerance_change=1e-09, "
        "history_size=100, line_search_fn=None"
    ),
    "torch.optim.Muon": (
        "params, lr=0.001, weight_decay=0.1, momentum=0.95, nesterov=True, ns_coefficients=..., "
        "eps=..., ns_steps=..., adjust_lr_fn=None"
    ),
    "torch.optim.NAdam": (
        "params, lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, momentum_decay=0.004, "
        "decoupled_weight_decay=False, *, foreach=None, maximize=False, capturable=False, "
        "differentiable=False"
    ),
    "torch.optim.RAdam": (
        "params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, "
        "decoupled_weight_decay=False, *, foreach=None, maximize=False, capturable=False, "
        "differentiable=False"
    ),
    "torch.optim.RMSprop": (
        "params, lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0, centered=False, "
        "capturable=False, foreach=None, maximize=False, differentiable=False"
    ),
    "torch.optim.Rprop": (
        "params, lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-06, 50), *, capturable=False, foreach=None, "
        "maximize=False, differentiable=False"
    ),
    "torch.optim.SGD": (
        "params, lr=0.001, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False, "
        "foreach=None, differentiable=False, fused=None"
    ),
    "torch.optim.SparseAdam": "params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, maximize=False",
    "torch.optim.lr_scheduler.ChainedScheduler": "schedulers, optimizer=None",
    "torch.optim.lr_scheduler.ConstantLR": "optimizer, factor=..., total_iters=5, last_epoch=-1",
    "torch.optim.lr_scheduler.CosineAnnealingLR": "optimizer, T_max, eta_min=0.0, last_epoch=-1",
    "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts": (
        "optimizer, T_0, T_mult=1, eta_min=0.0, last_epoch=-1"
    ),
    "torch.optim.lr_scheduler.CyclicLR": (
        "optimizer, base_lr, max_lr, step_size_up=2000, step_size_down=None, mode='triangular', "
        "gamma=1.0, scale_fn=None, scale_mode='cycle', cycle_momentum=True, base_momentum=0.8, "
        "max_momentum=0.9, last_epoch=-1"
    ),
    "torch.optim.lr_scheduler.ExponentialLR": "optimizer, gamma, last_epoch=-1",
    "torch.optim.lr_scheduler.LambdaLR": "optimizer, lr_lambda, last_epoch=-1",
    "torch.optim.lr_scheduler.LinearLR": (
        "optimizer, start_factor=..., end_factor=1.0, total_iters=5, last_epoch=-1"
    ),
    "torch.optim.lr_scheduler.MultiStepLR": "optimizer, milestones, gamma=0.1, last_epoch=-1",
    "torch.optim.lr_scheduler.MultiplicativeLR": "optimizer, lr_lambda, last_epoch=-1",
    "torch.optim.lr_scheduler.OneCycleLR": (
        "optimizer, max_lr, total_steps=None, epochs=None, steps_per_epoch=None, pct_start=0.3, "
        "anneal_strategy='cos', cycle_momentum=True, base_momentum=0.85, max_momentum=0.95, "
        "div_factor=25.0, final_div_factor=10000.0, three_phase=False, last_epoch=-1"
    ),
    "torch.optim.lr_scheduler.PolynomialLR": "optimizer, total_iters=5, power=1.0, last_epoch=-1",
    "torch.optim.lr_scheduler.ReduceLROnPlateau": (
        "optimizer, mode='min', factor=0.1, patience=10, threshold=0.0001, threshold_mode='rel', "
        "cooldown=0, min_lr=0, eps=1e-08"
    ),
    "torch.optim.lr_scheduler.SequentialLR": "optimizer, schedulers, milestones, last_epoch=-1",
    "torch.optim.lr_scheduler.StepLR": "optimizer, step_size, gamma=0.1, last_epoch=-1",
    "torch.optim.swa_utils.AveragedModel": (
        "model, device=None, avg_fn=None, multi_avg_fn=None, use_buffers=False"
    ),
    "torch.optim.swa_utils.SWALR": (
        "optimizer, swa_lr, anneal_epochs=10, anneal_strategy='cos', last_epoch=-1"
    ),
    "torch.utils.data.BatchSampler": "sampler, batch_size, drop_last",
    "torch.utils.data.DataLoader": (
        "dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, "
        "collate_fn=None, pin_memory=False, drop_last=False, timeout=0, worker_init_fn=None, "
        "multiprocessing_context=None, generator=None, *, prefetch_factor=None, "
        "persistent_workers=False, pin_memory_device='', in_order=True"
    ),
    "torch.utils.data.RandomSampler": "data_source, replacement=False, num_samples=None, generator=None",
    "torch.utils.data.SubsetRandomSampler": "indices, generator=None",
    "torch.utils.data.WeightedRandomSampler": "weights, num_samples, replacement=True, generator=None",
    "torch.utils.data.random_split": "dataset, lengths, generator=...",
}
