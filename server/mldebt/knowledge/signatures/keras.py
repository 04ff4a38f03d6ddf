"""keras 3.15.1, read from the sources in its wheel, 2025-11; `keras.*` stands for tf.keras too."""

from __future__ import annotations

KERAS: dict[str, str] = {
    "keras.Model().compile": (
        "optimizer='rmsprop', loss=None, loss_weights=None, metrics=None, weighted_metrics=None, "
        "run_eagerly=False, steps_per_execution=1, jit_compile='auto', auto_scale_loss=True"
    ),
    "keras.Model().evaluate": (
        "x=None, y=None, batch_size=None, verbose='auto', sample_weight=None, steps=None, "
        "callbacks=None, return_dict=False"
    ),
    "keras.Model().fit": (
        "x=None, y=None, batch_size=None, epochs=1, verbose='auto', callbacks=None, "
        "validation_split=0.0, validation_data=None, shuffle=True, class_weight=None, "
        "sample_weight=None, initial_epoch=0, steps_per_epoch=None, validation_steps=None, "
        "validation_batch_size=None, validation_freq=1"
    ),
    "keras.Model().predict": "x, batch_size=None, verbose='auto', steps=None, callbacks=None",
    "keras.Sequential().compile": (
        "optimizer='rmsprop', loss=None, loss_weights=None, metrics=None, weighted_metrics=None, "
        "run_eagerly=False, steps_per_execution=1, jit_compile='auto', auto_scale_loss=True"
    ),
    "keras.Sequential().evaluate": (
        "x=None, y=None, batch_size=None, verbose='auto', sample_weight=None, steps=None, "
        "callbacks=None, return_dict=False"
    ),
    "keras.Sequential().fit": (
        "x=None, y=None, batch_size=None, epochs=1, verbose='auto', callbacks=None, "
        "validation_split=0.0, validation_data=None, shuffle=True, class_weight=None, "
        "sample_weight=None, initial_epoch=0, steps_per_epoch=None, validation_steps=None, "
        "validation_batch_size=None, validation_freq=1"
    ),
    "keras.Sequential().predict": "x, batch_size=None, verbose='auto', steps=None, callbacks=None",
    "keras.callbacks.BackupAndRestore": (
        "backup_dir, save_freq='epoch', double_checkpoint=False, delete_checkpoint=True"
    ),
    "keras.callbacks.CSVLogger": "filename, separator=',', append=False",
    "keras.callbacks.EarlyStopping": (
        "monitor='val_loss', min_delta=0, patience=0, verbose=0, mode='auto', baseline=None, "
        "restore_best_weights=False, start_from_epoch=0"
    ),
    "keras.callbacks.LearningRateScheduler": "schedule, verbose=0",
    "keras.callbacks.ModelCheckpoint": (
        "filepath, monitor='val_loss', verbose=0, save_best_only=False, save_weights_only=False, "
        "mode='auto', save_freq='epoch', initial_value_threshold=None"
    ),
    "keras.callbacks.ReduceLROnPlateau": (
        "monitor='val_loss', factor=0.1, patience=10, verbose=0, mode='auto', min_delta=0.0001, "
        "cooldown=0, min_lr=0.0"
    ),
    "keras.callbacks.SwapEMAWeights": "swap_on_epoch=False",
    "keras.callbacks.TensorBoard": (
        "log_dir='logs', histogram_freq=0, write_graph=True, write_images=False, "
        "write_steps_per_second=False, update_freq='epoch', profile_batch=0, embeddings_freq=0, "
        "embeddings_metadata=None"
    ),
    "keras.callbacks.TerminateOnNaN": "raise_error=False",
    "keras.initializers.Constant": "value=0.0",
    "keras.initializers.Orthogonal": "gain=1.0, seed=None",
    "keras.initializers.OrthogonalInitializer": "gain=1.0, seed=None",
    "keras.initializers.RandomNormal": "mean=0.0, stddev=0.05, seed=None",
    "keras.initializers.RandomUniform": "minval=-0.05, maxval=0.05, seed=None",
    "keras.initializers.TruncatedNormal": "mean=0.0, stddev=0.05, seed=None",
    "keras.initializers.VarianceScaling": (
        "scale=1.0, mode='fan_in', distribution='truncated_normal', seed=None, input_axes=None, "
        "output_axes=None"
    ),
    "keras.layers.Activation": "activation",
    "keras.layers.ActivityRegularization": "l1=0.0, l2=0.0",
    "keras.layers.AdaptiveAveragePooling1D": "output_size, data_format=None",
    "keras.layers.AdaptiveAveragePooling2D": "output_size, data_format=None",
    "keras.layers.AdaptiveAveragePooling3D": "output_size, data_format=None",
    "keras.layers.AdaptiveMaxPooling1D": "output_size, data_format=None",
    "keras.layers.AdaptiveMaxPooling2D": "output_size, data_format=None",
    "keras.layers.AdaptiveMaxPooling3D": "output_size, data_format=None",
    "keras.layers.AdditiveAttention": "use_scale=True, dropout=0.0",
    "keras.layers.AlphaDropout": "rate, noise_shape=None, seed=None",
    "keras.layers.Attention": "use_scale=False, score_mode='dot', dropout=0.0, seed=None",
    "keras.layers.AugMix": (
        "value_range=(0, 255), num_chains=3, chain_depth=3, factor=0.3, alpha=1.0, all_ops=True, "
        "interpolation='bilinear', seed=None, data_format=None"
    ),
    "keras.layers.AutoContrast": "value_range=(0, 255)",
    "keras.layers.AveragePooling1D": (
        "pool_size, strides=None, padding='valid', data_format=None, name=None"
    ),
    "keras.layers.AveragePooling2D": (
        "pool_size, strides=None, padding='valid', data_format=None, name=None"
    ),
    "keras.layers.AveragePooling3D": (
        "pool_size, strides=None, padding='valid', data_format=None, name=None"
    ),
    "keras.layers.AvgPool1D": "pool_size, strides=None, padding='valid', data_format=None, name=None",
    "keras.layers.AvgPool2D": "pool_size, strides=None, padding='valid', data_format=None, name=None",
    "keras.layers.AvgPool3D": "pool_size, strides=None, padding='valid', data_format=None, name=None",
    "keras.layers.BatchNormalization": (
        "axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', "
        "gamma_initializer='ones', moving_mean_initializer='zeros', "
        "moving_variance_initializer='ones', beta_regularizer=None, gamma_regularizer=None, "
        "beta_constraint=None, gamma_constraint=None, renorm=False, renorm_clipping=None, "
        "renorm_momentum=0.99, synchronized=False"
    ),
    "keras.layers.Bidirectional": "layer, merge_mode='concat', weights=None, backward_layer=None",
    "keras.layers.CategoryEncoding": "num_tokens=None, output_mode='multi_hot', sparse=False",
    "keras.layers.CenterCrop": "height, width, data_format=None",
    "keras.layers.Concatenate": "axis=-1",
    "keras.layers.ContrastLimitedAdaptiveHistogramEqualization": (
        "value_range=(0, 255), clip_limit=4.0, tile_grid_size=(8, 8), data_format=None"
    ),
    "keras.layers.Conv1D": (
        "filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, "
        "groups=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Conv1DTranspose": (
        "filters, kernel_size, strides=1, padding='valid', output_padding=None, data_format=None, "
        "dilation_rate=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Conv2D": (
        "filters, kernel_size, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, "
        "1), groups=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Conv2DTranspose": (
        "filters, kernel_size, strides=(1, 1), padding='valid', output_padding=None, data_format=None, "
        "dilation_rate=(1, 1), activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Conv3D": (
        "filters, kernel_size, strides=(1, 1, 1), padding='valid', data_format=None, dilation_rate=(1, "
        "1, 1), groups=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Conv3DTranspose": (
        "filters, kernel_size, strides=(1, 1, 1), padding='valid', data_format=None, "
        "output_padding=None, dilation_rate=(1, 1, 1), activation=None, use_bias=True, "
        "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, "
        "bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.ConvLSTM1D": (
        "filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, "
        "activation='tanh', recurrent_activation='sigmoid', use_bias=True, "
        "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', "
        "bias_initializer='zeros', unit_forget_bias=True, kernel_regularizer=None, "
        "recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
        "recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, "
        "go_backwards=False, stateful=False"
    ),
    "keras.layers.ConvLSTM2D": (
        "filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, "
        "activation='tanh', recurrent_activation='sigmoid', use_bias=True, "
        "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', "
        "bias_initializer='zeros', unit_forget_bias=True, kernel_regularizer=None, "
        "recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
        "recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, "
        "go_backwards=False, stateful=False"
    ),
    "keras.layers.ConvLSTM3D": (
        "filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, "
        "activation='tanh', recurrent_activation='sigmoid', use_bias=True, "
        "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', "
        "bias_initializer='zeros', unit_forget_bias=True, kernel_regularizer=None, "
        "recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
        "recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, "
        "go_backwards=False, stateful=False"
    ),
    "keras.layers.Convolution1D": (
        "filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, "
        "groups=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Convolution1DTranspose": (
        "filters, kernel_size, strides=1, padding='valid', output_padding=None, data_format=None, "
        "dilation_rate=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Convolution2D": (
        "filters, kernel_size, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, "
        "1), groups=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Convolution2DTranspose": (
        "filters, kernel_size, strides=(1, 1), padding='valid', output_padding=None, data_format=None, "
        "dilation_rate=(1, 1), activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Convolution3D": (
        "filters, kernel_size, strides=(1, 1, 1), padding='valid', data_format=None, dilation_rate=(1, "
        "1, 1), groups=1, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Convolution3DTranspose": (
        "filters, kernel_size, strides=(1, 1, 1), padding='valid', data_format=None, "
        "output_padding=None, dilation_rate=(1, 1, 1), activation=None, use_bias=True, "
        "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, "
        "bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Cropping1D": "cropping=(1, 1)",
    "keras.layers.Cropping2D": "cropping=..., data_format=None",
    "keras.layers.Cropping3D": "cropping=..., data_format=None",
    "keras.layers.CutMix": "factor=1.0, seed=None, data_format=None",
    "keras.layers.Dense": (
        "units, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, "
        "lora_alpha=None, quantization_config=None"
    ),
    "keras.layers.DepthwiseConv1D": (
        "kernel_size, strides=1, padding='valid', depth_multiplier=1, data_format=None, "
        "dilation_rate=1, activation=None, use_bias=True, depthwise_initializer='glorot_uniform', "
        "bias_initializer='zeros', depthwise_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, depthwise_constraint=None, bias_constraint=None"
    ),
    "keras.layers.DepthwiseConv2D": (
        "kernel_size, strides=(1, 1), padding='valid', depth_multiplier=1, data_format=None, "
        "dilation_rate=(1, 1), activation=None, use_bias=True, depthwise_initializer='glorot_uniform', "
        "bias_initializer='zeros', depthwise_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, depthwise_constraint=None, bias_constraint=None"
    ),
    "keras.layers.Discretization": (
        "bin_boundaries=None, num_bins=None, epsilon=0.01, output_mode='int', sparse=False, "
        "dtype=None, name=None"
    ),
    "keras.layers.Dot": "axes, normalize=False",
    "keras.layers.Dropout": "rate, noise_shape=None, seed=None",
    "keras.layers.ELU": "alpha=1.0",
    "keras.layers.EinsumDense": (
        "equation, output_shape, activation=None, bias_axes=None, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None, "
        "gptq_unpacked_column_size=None, quantization_config=None"
    ),
    "keras.layers.Embedding": (
        "input_dim, output_dim, embeddings_initializer='uniform', embeddings_regularizer=None, "
        "embeddings_constraint=None, mask_zero=False, weights=None, lora_rank=None, lora_alpha=None, "
        "quantization_config=None"
    ),
    "keras.layers.Equalization": "value_range=(0, 255), bins=256, data_format=None",
    "keras.layers.GRU": (
        "units, activation='tanh', recurrent_activation='sigmoid', use_bias=True, "
        "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', "
        "bias_initializer='zeros', kernel_regularizer=None, recurrent_regularizer=None, "
        "bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, "
        "recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, "
        "seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, "
        "unroll=False, reset_after=True, use_cudnn='auto'"
    ),
    "keras.layers.GRUCell": (
        "units, activation='tanh', recurrent_activation='sigmoid', use_bias=True, "
        "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', "
        "bias_initializer='zeros', kernel_regularizer=None, recurrent_regularizer=None, "
        "bias_regularizer=None, kernel_constraint=None, recurrent_constraint=None, "
        "bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, reset_after=True, seed=None"
    ),
    "keras.layers.GaussianDropout": "rate, seed=None",
    "keras.layers.GaussianNoise": "stddev, seed=None",
    "keras.layers.GlobalAveragePooling1D": "data_format=None, keepdims=False",
    "keras.layers.GlobalAveragePooling2D": "data_format=None, keepdims=False",
    "keras.layers.GlobalAveragePooling3D": "data_format=None, keepdims=False",
    "keras.layers.GlobalAvgPool1D": "data_format=None, keepdims=False",
    "keras.layers.GlobalAvgPool2D": "data_format=None, keepdims=False",
    "keras.layers.GlobalAvgPool3D": "data_format=None, keepdims=False",
    "keras.layers.GlobalMaxPool1D": "data_format=None, keepdims=False",
    "keras.layers.GlobalMaxPool2D": "data_format=None, keepdims=False",
    "keras.layers.GlobalMaxPool3D": "data_format=None, keepdims=False",
    "keras.layers.GlobalMaxPooling1D": "data_format=None, keepdims=False",
    "keras.layers.GlobalMaxPooling2D": "data_format=None, keepdims=False",
    "keras.layers.GlobalMaxPooling3D": "data_format=None, keepdims=False",
    "keras.layers.GroupNormalization": (
        "groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', "
        "gamma_initializer='ones', beta_regularizer=None, gamma_regularizer=None, "
        "beta_constraint=None, gamma_constraint=None"
    ),
    "keras.layers.GroupQueryAttention": (
        "head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, "
        "sliding_window=None, flash_attention=None, kernel_initializer='glorot_uniform', "
        "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        "activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, "
        "seed=None"
    ),
    "keras.layers.HashedCrossing": "num_bins, output_mode='int', sparse=False, name=None, dtype=None",
    "keras.layers.Hashing": "num_bins, mask_value=None, salt=None, output_mode='int', sparse=False",
    "keras.layers.IntegerLookup": (
        "max_tokens=None, num_oov_indices=1, mask_token=None, oov_token=-1, vocabulary=None, "
        "vocabulary_dtype='int64', idf_weights=None, invert=False, output_mode='int', sparse=False, "
        "pad_to_max_tokens=False, oov_method='floormod', salt=None, name=None"
    ),
    "keras.layers.LSTM": (
        "units, activation='tanh', recurrent_activation='sigmoid', use_bias=True, "
        "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', "
        "bias_initializer='zeros', unit_forget_bias=True, kernel_regularizer=None, "
        "recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
        "recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, "
        "go_backwards=False, stateful=False, unroll=False, use_cudnn='auto'"
    ),
    "keras.layers.LSTMCell": (
        "units, activation='tanh', recurrent_activation='sigmoid', use_bias=True, "
        "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', "
        "bias_initializer='zeros', unit_forget_bias=True, kernel_regularizer=None, "
        "recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None, "
        "recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None"
    ),
    "keras.layers.LayerNormalization": (
        "axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', "
        "gamma_initializer='ones', beta_regularizer=None, gamma_regularizer=None, "
        "beta_constraint=None, gamma_constraint=None"
    ),
    "keras.layers.LeakyReLU": "negative_slope=0.3",
    "keras.layers.Masking": "mask_value=0.0",
    "keras.layers.MaxNumBoundingBoxes": "max_number, fill_value=-1",
    "keras.layers.MaxPool1D": "pool_size=2, strides=None, padding='valid', data_format=None, name=None",
    "keras.layers.MaxPool2D": (
        "pool_size=(2, 2), strides=None, padding='valid', data_format=None, name=None"
    ),
    "keras.layers.MaxPool3D": (
        "pool_size=(2, 2, 2), strides=None, padding='valid', data_format=None, name=None"
    ),
    "keras.layers.MaxPooling1D": "pool_size=2, strides=None, padding='valid', data_format=None, name=None",
    "keras.layers.MaxPooling2D": (
        "pool_size=(2, 2), strides=None, padding='valid', data_format=None, name=None"
    ),
    "keras.layers.MaxPooling3D": (
        "pool_size=(2, 2, 2), strides=None, padding='valid', data_format=None, name=None"
    ),
    "keras.layers.MelSpectrogram": (
        "fft_length=2048, sequence_stride=512, sequence_length=None, window='hann', "
        "sampling_rate=16000, num_mel_bins=128, min_freq=20.0, max_freq=None, power_to_db=True, "
        "top_db=80.0, mag_exp=2.0, min_power=1e-10, ref_power=1.0"
    ),
    "keras.layers.MixUp": "alpha=0.2, data_format=None, seed=None",
    "keras.layers.MultiHeadAttention": (
        "num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, "
        "attention_axes=None, sliding_window=None, flash_attention=None, "
        "kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, "
        "bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, "
        "bias_constraint=None, use_gate=False, seed=None"
    ),
    "keras.layers.Normalization": "axis=-1, mean=None, variance=None, invert=False",
    "keras.layers.PReLU": (
        "alpha_initializer='Zeros', alpha_regularizer=None, alpha_constraint=None, shared_axes=None"
    ),
    "keras.layers.RMSNormalization": "axis=-1, epsilon=1e-06",
    "keras.layers.RNN": (
        "cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, "
        "unroll=False, zero_output_for_mask=False"
    ),
    "keras.layers.RandAugment": (
        "value_range=(0, 255), num_ops=2, factor=0.5, interpolation='bilinear', seed=None, data_format=None"
    ),
    "keras.layers.RandomBrightness": "factor, value_range=(0, 255), seed=None",
    "keras.layers.RandomColorDegeneration": "factor, value_range=(0, 255), data_format=None, seed=None",
    "keras.layers.RandomColorJitter": (
        "value_range=(0, 255), brightness_factor=None, contrast_factor=None, saturation_factor=None, "
        "hue_factor=None, seed=None, data_format=None"
    ),
    "keras.layers.RandomContrast": "factor, value_range=(0, 255), seed=None",
    "keras.layers.RandomCrop": "height, width, seed=None, data_format=None, name=None",
    "keras.layers.RandomElasticTransform": (
        "factor=1.0, scale=1.0, interpolation='bilinear', fill_mode='reflect', fill_value=0.0, "
        "value_range=(0, 255), seed=None, data_format=None"
    ),
    "keras.layers.RandomErasing": (
        "factor=1.0, scale=(0.02, 0.33), fill_value=None, value_range=(0, 255), seed=None, data_format=None"
    ),
    "keras.layers.RandomFlip": "mode=..., seed=None, data_format=None",
    "keras.layers.RandomGaussianBlur": (
        "factor=1.0, kernel_size=3, sigma=1.0, value_range=(0, 255), data_format=None, seed=None"
    ),
    "keras.layers.RandomGrayscale": "factor=0.5, data_format=None, seed=None",
    "keras.layers.RandomHue": "factor, value_range=(0, 255), data_format=None, seed=None",
    "keras.layers.RandomInvert": "factor=1.0, value_range=(0, 255), seed=None, data_format=None",
    "keras.layers.RandomPerspective": (
        "factor=1.0, scale=1.0, interpolation='bilinear', fill_value=0.0, seed=None, data_format=None"
    ),
    "keras.layers.RandomPosterization": "factor, value_range=(0, 255), data_format=None, seed=None",
    "keras.layers.RandomRotation": (
        "factor, fill_mode='reflect', interpolation='bilinear', seed=None, fill_value=0.0, data_format=None"
    ),
    "keras.layers.RandomSaturation": "factor, value_range=(0, 255), data_format=None, seed=None",
    "keras.layers.RandomSharpness": "factor, value_range=(0, 255), data_format=None, seed=None",
    "keras.layers.RandomShear": (
        "x_factor=0.0, y_factor=0.0, interpolation='bilinear', fill_mode='reflect', fill_value=0.0, "
        "data_format=None, seed=None"
    ),
    "keras.layers.RandomTranslation": (
        "height_factor, width_factor, fill_mode='reflect', interpolation='bilinear', seed=None, "
        "fill_value=0.0, data_format=None"
    ),
    "keras.layers.RandomZoom": (
        "height_factor, width_factor=None, fill_mode='reflect', interpolation='bilinear', seed=None, "
        "fill_value=0.0, data_format=None"
    ),
    "keras.layers.ReLU": "max_value=None, negative_slope=0.0, threshold=0.0",
    "keras.layers.RepeatVector": "n",
    "keras.layers.Rescaling": "scale, offset=0.0",
    "keras.layers.Resizing": (
        "height, width, interpolation='bilinear', crop_to_aspect_ratio=False, "
        "pad_to_aspect_ratio=False, fill_mode='constant', fill_value=0.0, antialias=False, "
        "data_format=None"
    ),
    "keras.layers.ReversibleEmbedding": (
        "input_dim, output_dim, tie_weights=True, embeddings_initializer='uniform', "
        "embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False, reverse_dtype=None, "
        "logit_soft_cap=None"
    ),
    "keras.layers.STFTSpectrogram": (
        "mode='log', frame_length=256, frame_step=None, fft_length=None, window='hann', "
        "periodic=False, scaling='density', padding='valid', expand_dims=False, data_format=None"
    ),
    "keras.layers.SeparableConv1D": (
        "filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, "
        "depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer='glorot_uniform', "
        "pointwise_initializer='glorot_uniform', bias_initializer='zeros', depthwise_regularizer=None, "
        "pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None"
    ),
    "keras.layers.SeparableConv2D": (
        "filters, kernel_size, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, "
        "1), depth_multiplier=1, activation=None, use_bias=True, "
        "depthwise_initializer='glorot_uniform', pointwise_initializer='glorot_uniform', "
        "bias_initializer='zeros', depthwise_regularizer=None, pointwise_regularizer=None, "
        "bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, "
        "pointwise_constraint=None, bias_constraint=None"
    ),
    "keras.layers.SeparableConvolution1D": (
        "filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, "
        "depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer='glorot_uniform', "
        "pointwise_initializer='glorot_uniform', bias_initializer='zeros', depthwise_regularizer=None, "
        "pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None"
    ),
    "keras.layers.SeparableConvolution2D": (
        "filters, kernel_size, strides=(1, 1), padding='valid', data_format=None, dilation_rate=(1, "
        "1), depth_multiplier=1, activation=None, use_bias=True, "
        "depthwise_initializer='glorot_uniform', pointwise_initializer='glorot_uniform', "
        "bias_initializer='zeros', depthwise_regularizer=None, pointwise_regularizer=None, "
        "bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, "
        "pointwise_constraint=None, bias_constraint=None"
    ),
    "keras.layers.SimpleRNN": (
        "units, activation='tanh', use_bias=True, kernel_initializer='glorot_uniform', "
        "recurrent_initializer='orthogonal', bias_initializer='zeros', kernel_regularizer=None, "
        "recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, "
        "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
        "recurrent_dropout=0.0, return_sequences=False, return_state=False, go_backwards=False, "
        "stateful=False, unroll=False, seed=None"
    ),
    "keras.layers.SimpleRNNCell": (
        "units, activation='tanh', use_bias=True, kernel_initializer='glorot_uniform', "
        "recurrent_initializer='orthogonal', bias_initializer='zeros', kernel_regularizer=None, "
        "recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None, "
        "recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None"
    ),
    "keras.layers.Softmax": "axis=-1",
    "keras.layers.Solarization": (
        "addition_factor=0.0, threshold_factor=0.0, value_range=(0, 255), seed=None"
    ),
    "keras.layers.SpatialDropout1D": "rate, seed=None, name=None, dtype=None",
    "keras.layers.SpatialDropout2D": "rate, data_format=None, seed=None, name=None, dtype=None",
    "keras.layers.SpatialDropout3D": "rate, data_format=None, seed=None, name=None, dtype=None",
    "keras.layers.SpectralNormalization": "layer, power_iterations=1",
    "keras.layers.StackedRNNCells": "cells",
    "keras.layers.StringLookup": (
        "max_tokens=None, num_oov_indices=1, mask_token=None, oov_token='[UNK]', vocabulary=None, "
        "idf_weights=None, invert=False, output_mode='int', pad_to_max_tokens=False, sparse=False, "
        "encoding='utf-8', name=None, salt=None"
    ),
    "keras.layers.TextVectorization": (
        "max_tokens=None, standardize='lower_and_strip_punctuation', split='whitespace', ngrams=None, "
        "output_mode='int', output_sequence_length=None, pad_to_max_tokens=False, vocabulary=None, "
        "idf_weights=None, sparse=False, ragged=False, encoding='utf-8', name=None"
    ),
    "keras.layers.TimeDistributed": "layer",
    "keras.layers.UnitNormalization": "axis=-1",
    "keras.layers.UpSampling1D": "size=2",
    "keras.layers.UpSampling2D": "size=(2, 2), data_format=None, interpolation='nearest'",
    "keras.layers.UpSampling3D": "size=(2, 2, 2), data_format=None",
    "keras.layers.ZeroPadding1D": "padding=1, data_format=None",
    "keras.layers.ZeroPadding2D": "padding=(1, 1), data_format=None",
    "keras.layers.ZeroPadding3D": "padding=..., data_format=None",
    "keras.losses.BinaryFocalCrossentropy": (
        "apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, "
        "axis=-1, reduction='sum_over_batch_size', name='binary_focal_crossentropy', dtype=None"
    ),
    "keras.losses.CategoricalFocalCrossentropy": (
        "alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1, "
        "reduction='sum_over_batch_size', name='categorical_focal_crossentropy', dtype=None"
    ),
    "keras.losses.CategoricalGeneralizedCrossEntropy": (
        "q=0.5, reduction='sum_over_batch_size', name='categorical_generalized_cross_entropy', dtype=None"
    ),
    "keras.losses.Circle": (
        "gamma=80.0, margin=0.4, remove_diagonal=True, reduction='sum_over_batch_size', name='circle', "
        "dtype=None"
    ),
    "keras.losses.Huber": "delta=1.0, reduction='sum_over_batch_size', name='huber_loss', dtype=None",
    "keras.losses.Tversky": (
        "alpha=0.5, beta=0.5, reduction='sum_over_batch_size', name='tversky', axis=None, dtype=None"
    ),
    "keras.metrics.AUC": (
        "num_thresholds=200, curve='ROC', summation_method='interpolation', name=None, dtype=None, "
        "thresholds=None, multi_label=False, num_labels=None, label_weights=None, from_logits=False"
    ),
    "keras.metrics.BinaryAccuracy": "name='binary_accuracy', dtype=None, threshold=0.5",
    "keras.metrics.BinaryCrossentropy": (
        "name='binary_crossentropy', dtype=None, from_logits=False, label_smoothing=0"
    ),
    "keras.metrics.BinaryIoU": "target_class_ids=(0, 1), threshold=0.5, name=None, dtype=None",
    "keras.metrics.CategoricalCrossentropy": (
        "name='categorical_crossentropy', dtype=None, from_logits=False, label_smoothing=0, axis=-1"
    ),
    "keras.metrics.ConcordanceCorrelation": "name='concordance_correlation', dtype=None, axis=-1",
    "keras.metrics.CosineSimilarity": "name='cosine_similarity', dtype=None, axis=-1",
    "keras.metrics.FBetaScore": "average=None, beta=1.0, threshold=None, name='fbeta_score', dtype=None",
    "keras.metrics.IoU": (
        "num_classes, target_class_ids, name=None, dtype=None, ignore_class=None, sparse_y_true=True, "
        "sparse_y_pred=True, axis=-1"
    ),
    "keras.metrics.MeanIoU": (
        "num_classes, name=None, dtype=None, ignore_class=None, sparse_y_true=True, "
        "sparse_y_pred=True, axis=-1"
    ),
    "keras.metrics.OneHotIoU": (
        "num_classes, target_class_ids, name=None, dtype=None, ignore_class=None, sparse_y_pred=False, "
        "axis=-1"
    ),
    "keras.metrics.OneHotMeanIoU": (
        "num_classes, name=None, dtype=None, ignore_class=None, sparse_y_pred=False, axis=-1"
    ),
    "keras.metrics.PearsonCorrelation": "name='pearson_correlation', dtype=None, axis=-1",
    "keras.metrics.PrecisionAtRecall": "recall, num_thresholds=200, class_id=None, name=None, dtype=None",
    "keras.metrics.R2Score": (
        "class_aggregation='uniform_average', num_regressors=0, name='r2_score', dtype=None"
    ),
    "keras.metrics.RecallAtPrecision": (
        "precision, num_thresholds=200, class_id=None, name=None, dtype=None"
    ),
    "keras.metrics.SensitivityAtSpecificity": (
        "specificity, num_thresholds=200, class_id=None, name=None, dtype=None"
    ),
    "keras.metrics.SparseCategoricalCrossentropy": (
        "name='sparse_categorical_crossentropy', dtype=None, from_logits=False, ignore_class=None, axis=-1"
    ),
    "keras.metrics.SparseTopKCategoricalAccuracy": (
        "k=5, name='sparse_top_k_categorical_accuracy', dtype=None, from_sorted_ids=False"
    ),
    "keras.metrics.SpecificityAtSensitivity": (
        "sensitivity, num_thresholds=200, class_id=None, name=None, dtype=None"
    ),
    "keras.metrics.TopKCategoricalAccuracy": "k=5, name='top_k_categorical_accuracy', dtype=None",
    "keras.optimizers.Adadelta": (
        "learning_rate=0.001, rho=0.95, epsilon=1e-07, weight_decay=None, clipnorm=None, "
        "clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.Adafactor": (
        "learning_rate=0.001, beta_2_decay=-0.8, epsilon_1=1e-30, epsilon_2=0.001, clip_threshold=1.0, "
        "relative_step=True, weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, "
        "use_ema=False, ema_momentum=0.99, ema_overwrite_frequency=None, loss_scale_factor=None, "
        "gradient_accumulation_steps=None, name=None"
    ),
    "keras.optimizers.Adagrad": (
        "learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-07, weight_decay=None, "
        "clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.Adam": (
        "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False, "
        "weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, "
        "ema_momentum=0.99, ema_overwrite_frequency=None, loss_scale_factor=None, "
        "gradient_accumulation_steps=None, name=None"
    ),
    "keras.optimizers.AdamW": (
        "learning_rate=0.001, weight_decay=0.004, beta_1=0.9, beta_2=0.999, epsilon=1e-07, "
        "amsgrad=False, clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, "
        "ema_momentum=0.99, ema_overwrite_frequency=None, loss_scale_factor=None, "
        "gradient_accumulation_steps=None, name=None"
    ),
    "keras.optimizers.Adamax": (
        "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, weight_decay=None, "
        "clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.Ftrl": (
        "learning_rate=0.001, learning_rate_power=-0.5, initial_accumulator_value=0.1, "
        "l1_regularization_strength=0.0, l2_regularization_strength=0.0, "
        "l2_shrinkage_regularization_strength=0.0, beta=0.0, weight_decay=None, clipnorm=None, "
        "clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.Lamb": (
        "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, weight_decay=None, "
        "clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.Lion": (
        "learning_rate=0.001, beta_1=0.9, beta_2=0.99, weight_decay=None, clipnorm=None, "
        "clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.LossScaleOptimizer": (
        "inner_optimizer, initial_scale=..., dynamic_growth_steps=2000, name=None"
    ),
    "keras.optimizers.Muon": (
        "learning_rate=0.001, adam_beta_1=0.9, adam_beta_2=0.999, adam_weight_decay=0.004, "
        "epsilon=1e-07, weight_decay=0.004, clipnorm=None, clipvalue=None, global_clipnorm=None, "
        "use_ema=False, ema_momentum=0.99, ema_overwrite_frequency=None, loss_scale_factor=None, "
        "gradient_accumulation_steps=None, name=None, exclude_layers=None, exclude_embeddings=True, "
        "muon_a=3.4445, muon_b=-4.775, muon_c=2.0315, adam_lr_ratio=1, momentum=0.95, ns_steps=5, "
        "nesterov=True, rms_rate=0.2"
    ),
    "keras.optimizers.Nadam": (
        "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, weight_decay=None, "
        "clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.Optimizer": (
        "learning_rate, weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, "
        "use_ema=False, ema_momentum=0.99, ema_overwrite_frequency=None, loss_scale_factor=None, "
        "gradient_accumulation_steps=None, name=None"
    ),
    "keras.optimizers.RMSprop": (
        "learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-07, centered=False, weight_decay=None, "
        "clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.SGD": (
        "learning_rate=0.01, momentum=0.0, nesterov=False, weight_decay=None, clipnorm=None, "
        "clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99, "
        "ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, "
        "name=None"
    ),
    "keras.optimizers.ScheduleFreeAdamW": (
        "learning_rate=0.0025, beta_1=0.9, beta_2=0.999, epsilon=1e-08, warmup_steps=0, "
        "weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, "
        "ema_momentum=0.99, ema_overwrite_frequency=None, loss_scale_factor=None, "
        "gradient_accumulation_steps=None, name=None"
    ),
    "keras.optimizers.schedules.CosineDecay": (
        "initial_learning_rate, decay_steps, alpha=0.0, name='CosineDecay', warmup_target=None, "
        "warmup_steps=0"
    ),
    "keras.optimizers.schedules.CosineDecayRestarts": (
        "initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0, name='SGDRDecay'"
    ),
    "keras.optimizers.schedules.ExponentialDecay": (
        "initial_learning_rate, decay_steps, decay_rate, staircase=False, name='ExponentialDecay'"
    ),
    "keras.optimizers.schedules.InverseTimeDecay": (
        "initial_learning_rate, decay_steps, decay_rate, staircase=False, name='InverseTimeDecay'"
    ),
    "keras.optimizers.schedules.PiecewiseConstantDecay": "boundaries, values, name='PiecewiseConstant'",
    "keras.optimizers.schedules.PolynomialDecay": (
        "initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False, "
        "name='PolynomialDecay'"
    ),
    "keras.regularizers.L1": "l1=0.01",
    "keras.regularizers.L1L2": "l1=0.0, l2=0.0",
    "keras.regularizers.L2": "l2=0.01",
    "keras.regularizers.OrthogonalRegularizer": "factor=0.01, mode='rows'",
    "keras.utils.audio_dataset_from_directory": (
        "directory, labels='inferred', label_mode='int', class_names=None, batch_size=32, "
        "sampling_rate=None, output_sequence_length=None, ragged=False, shuffle=True, seed=None, "
        "validation_split=None, subset=None, follow_links=False, verbose=True"
    ),
    "keras.utils.image_dataset_from_directory": (
        "directory, labels='inferred', label_mode='int', class_names=None, color_mode='rgb', "
        "batch_size=32, image_size=(256, 256), shuffle=True, seed=None, validation_split=None, "
        "subset=None, interpolation='bilinear', follow_links=False, crop_to_aspect_ratio=False, "
        "pad_to_aspect_ratio=False, data_format=None, format='tf', verbose=True"
    ),
    "keras.utils.pad_sequences": (
        "sequences, maxlen=None, dtype='int32', padding='pre', truncating='pre', value=0.0"
    ),
    "keras.utils.split_dataset": (
        "dataset, left_size=None, right_size=None, shuffle=False, seed=None, preferred_backend=None"
    ),
    "keras.utils.text_dataset_from_directory": (
        "directory, labels='inferred', label_mode='int', class_names=None, batch_size=32, "
        "max_length=None, shuffle=True, seed=None, validation_split=None, subset=None, "
        "follow_links=False, format='tf', verbose=True"
    ),
    "keras.utils.timeseries_dataset_from_array": (
        "data, targets, sequence_length, sequence_stride=1, sampling_rate=1, batch_size=128, "
        "shuffle=False, seed=None, start_index=None, end_index=None, format='tf'"
    ),
}
