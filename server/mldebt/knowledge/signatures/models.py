"""Further models, optimizers and training methods, written from their documentation, 2025-11:
gensim 4.4, umap 0.5, ngboost 0.5, prophet 1.2, optax 0.2, flax 0.12, pytorch-tabnet 4.1, surprise 1.1,
implicit 0.7, statsmodels 0.15, skorch 1.2, pyspark 4.0, stable-baselines3 2.7, fastai 2.8."""

from __future__ import annotations

MODELS: dict[str, str] = {
    "cuml.ensemble.RandomForestClassifier": (
        "*, split_criterion='gini', n_estimators=100, max_depth=16, max_features='sqrt', n_bins=128, "
        "min_samples_leaf=1, min_samples_split=2, random_state=None"
    ),
    "fastai.learner.Learner().fine_tune": (
        "epochs, base_lr=0.002, freeze_epochs=1, lr_mult=100, pct_start=0.3, div=5.0"
    ),
    "fastai.learner.Learner().fit_one_cycle": (
        "n_epoch, lr_max=None, div=25.0, div_final=100000.0, pct_start=0.25, wd=None"
    ),
    "fasttext.train_supervised": (
        "input, *, lr=0.1, dim=100, ws=5, epoch=5, minCount=1, minCountLabel=0, minn=0, maxn=0, neg=5, "
        "wordNgrams=1, loss='softmax', bucket=2000000, lrUpdateRate=100, t=0.0001"
    ),
    "fasttext.train_unsupervised": (
        "input, *, model='skipgram', lr=0.05, dim=100, ws=5, epoch=5, minCount=5, minn=3, maxn=6, "
        "neg=5, wordNgrams=1, loss='ns', bucket=2000000, lrUpdateRate=100, t=0.0001"
    ),
    "flax.linen.Conv": "features, kernel_size, strides=1, padding='SAME'",
    "flax.linen.Dense": "features, use_bias=True",
    "flax.linen.Dropout": "rate, broadcast_dims=(), deterministic=None",
    "flax.linen.Embed": "num_embeddings, features",
    "gensim.models.Doc2Vec": (
        "documents=None, corpus_file=None, vector_size=100, dm_mean=None, dm=1, dbow_words=0, "
        "dm_concat=0, dm_tag_count=1, dv=None, dv_mapfile=None, comment=None, trim_rule=None, "
        "callbacks=(), window=5, epochs=10, shrink_windows=True, *, alpha=0.025, min_alpha=0.0001, "
        "min_count=5, sample=0.001, seed=1, workers=3, negative=5, hs=0, ns_exponent=0.75"
    ),
    "gensim.models.FastText": (
        "sentences=None, corpus_file=None, sg=0, hs=0, vector_size=100, alpha=0.025, window=5, "
        "min_count=5, max_vocab_size=None, word_ngrams=1, sample=0.001, seed=1, workers=3, "
        "min_alpha=0.0001, negative=5, ns_exponent=0.75, cbow_mean=1, hashfxn=..., epochs=5, "
        "null_word=0, min_n=3, max_n=6, sorted_vocab=1, bucket=2000000"
    ),
    "gensim.models.LdaModel": (
        "corpus=None, num_topics=100, id2word=None, distributed=False, chunksize=2000, passes=1, "
        "update_every=1, alpha='symmetric', eta=None, decay=0.5, offset=1.0, eval_every=10, "
        "iterations=50, gamma_threshold=0.001, minimum_probability=0.01, random_state=None"
    ),
    "gensim.models.LdaMulticore": (
        "corpus=None, num_topics=100, id2word=None, workers=None, chunksize=2000, passes=1, "
        "batch=False, alpha='symmetric', eta=None, decay=0.5, offset=1.0, eval_every=10, "
        "iterations=50, gamma_threshold=0.001, random_state=None, minimum_probability=0.01"
    ),
    "gensim.models.Word2Vec": (
        "sentences=None, corpus_file=None, vector_size=100, alpha=0.025, window=5, min_count=5, "
        "max_vocab_size=None, sample=0.001, seed=1, workers=3, min_alpha=0.0001, sg=0, hs=0, "
        "negative=5, ns_exponent=0.75, cbow_mean=1, hashfxn=..., epochs=5, null_word=0, "
        "trim_rule=None, sorted_vocab=1, batch_words=10000, compute_loss=False, callbacks=(), "
        "comment=None, max_final_vocab=None, shrink_windows=True"
    ),
    "hdbscan.HDBSCAN": (
        "min_cluster_size=5, min_samples=None, cluster_selection_epsilon=0.0, max_cluster_size=0, "
        "metric='euclidean', alpha=1.0, p=None, algorithm='best', leaf_size=40"
    ),
    "implicit.als.AlternatingLeastSquares": (
        "factors=100, regularization=0.01, alpha=1.0, dtype=..., use_native=True, use_cg=True, "
        "use_gpu=False, iterations=15, calculate_training_loss=False, num_threads=0, random_state=None"
    ),
    "keras.regularizers.l1": "l1=0.01",
    "keras.regularizers.l1_l2": "l1=0.0, l2=0.0",
    "keras.regularizers.l2": "l2=0.01",
    "ngboost.NGBClassifier": (
        "Dist=..., Score=..., Base=..., natural_gradient=True, n_estimators=500, learning_rate=0.01, "
        "minibatch_frac=1.0, col_sample=1.0, verbose=True, verbose_eval=100, tol=0.0001, "
        "random_state=None"
    ),
    "ngboost.NGBRegressor": (
        "Dist=..., Score=..., Base=..., natural_gradient=True, n_estimators=500, learning_rate=0.01, "
        "minibatch_frac=1.0, col_sample=1.0, verbose=True, verbose_eval=100, tol=0.0001, "
        "random_state=None, validation_fraction=0.1, early_stopping_rounds=None"
    ),
    "optax.adagrad": "learning_rate, initial_accumulator_value=0.1, eps=1e-07",
    "optax.adam": (
        "learning_rate, b1=0.9, b2=0.999, eps=1e-08, eps_root=0.0, mu_dtype=None, *, nesterov=False"
    ),
    "optax.adamw": (
        "learning_rate, b1=0.9, b2=0.999, eps=1e-08, eps_root=0.0, mu_dtype=None, weight_decay=0.0001, "
        "mask=None, *, nesterov=False"
    ),
    "optax.clip_by_global_norm": "max_norm",
    "optax.cosine_decay_schedule": "init_value, decay_steps, alpha=0.0, exponent=1.0",
    "optax.exponential_decay": (
        "init_value, transition_steps, decay_rate, transition_begin=0, staircase=False, end_value=None"
    ),
    "optax.lamb": "learning_rate, b1=0.9, b2=0.999, eps=1e-06, eps_root=0.0, weight_decay=0.0, mask=None",
    "optax.lion": "learning_rate, b1=0.9, b2=0.99, mu_dtype=None, weight_decay=0.001, mask=None",
    "optax.rmsprop": (
        "learning_rate, decay=0.9, eps=1e-08, initial_scale=0.0, *, centered=False, momentum=None, "
        "nesterov=False"
    ),
    "optax.sgd": "learning_rate, momentum=None, nesterov=False, accumulator_dtype=None",
    "optax.warmup_cosine_decay_schedule": (
        "init_value, peak_value, warmup_steps, decay_steps, end_value=0.0, exponent=1.0"
    ),
    "prophet.Prophet": (
        "growth='linear', changepoints=None, n_changepoints=25, changepoint_range=0.8, "
        "yearly_seasonality='auto', weekly_seasonality='auto', daily_seasonality='auto', "
        "holidays=None, seasonality_mode='additive', seasonality_prior_scale=10.0, "
        "holidays_prior_scale=10.0, changepoint_prior_scale=0.05, mcmc_samples=0, interval_width=0.8, "
        "uncertainty_samples=1000, stan_backend=None"
    ),
    "pyspark.ml.classification.GBTClassifier": (
        "*, maxDepth=5, maxBins=32, minInstancesPerNode=1, minInfoGain=0.0, maxIter=20, stepSize=0.1, "
        "subsamplingRate=1.0, seed=None"
    ),
    "pyspark.ml.classification.LogisticRegression": (
        "*, maxIter=100, regParam=0.0, elasticNetParam=0.0, tol=1e-06, fitIntercept=True, "
        "threshold=0.5, standardization=True, aggregationDepth=2, family='auto'"
    ),
    "pyspark.ml.classification.RandomForestClassifier": (
        "*, maxDepth=5, maxBins=32, minInstancesPerNode=1, minInfoGain=0.0, numTrees=20, "
        "featureSubsetStrategy='auto', subsamplingRate=1.0, seed=None"
    ),
    "pyspark.ml.clustering.KMeans": "*, k=2, initSteps=2, tol=0.0001, maxIter=20, seed=None",
    "pyspark.ml.recommendation.ALS": (
        "*, rank=10, maxIter=10, regParam=0.1, numUserBlocks=10, numItemBlocks=10, "
        "implicitPrefs=False, alpha=1.0, seed=None"
    ),
    "pyspark.ml.regression.GBTRegressor": (
        "*, maxDepth=5, maxBins=32, minInstancesPerNode=1, minInfoGain=0.0, maxIter=20, stepSize=0.1, "
        "subsamplingRate=1.0, seed=None"
    ),
    "pyspark.ml.regression.LinearRegression": (
        "*, maxIter=100, regParam=0.0, elasticNetParam=0.0, tol=1e-06, fitIntercept=True, "
        "aggregationDepth=2, epsilon=1.35"
    ),
    "pyspark.ml.regression.RandomForestRegressor": (
        "*, maxDepth=5, maxBins=32, minInstancesPerNode=1, minInfoGain=0.0, numTrees=20, "
        "featureSubsetStrategy='auto', subsamplingRate=1.0, seed=None"
    ),
    "pytorch_tabnet.tab_model.TabNetClassifier": (
        "n_d=8, n_a=8, n_steps=3, gamma=1.3, cat_idxs=..., cat_dims=..., cat_emb_dim=1, "
        "n_independent=2, n_shared=2, epsilon=1e-15, momentum=0.02, lambda_sparse=0.001, seed=0, "
        "clip_value=1, verbose=1"
    ),
    "pytorch_tabnet.tab_model.TabNetRegressor": (
        "n_d=8, n_a=8, n_steps=3, gamma=1.3, cat_idxs=..., cat_dims=..., cat_emb_dim=1, "
        "n_independent=2, n_shared=2, epsilon=1e-15, momentum=0.02, lambda_sparse=0.001, seed=0, "
        "clip_value=1, verbose=1"
    ),
    "ray.tune.schedulers.ASHAScheduler": (
        "time_attr='training_iteration', metric=None, mode=None, max_t=100, grace_period=1, "
        "reduction_factor=4, brackets=1"
    ),
    "sentence_transformers.SentenceTransformer().fit": (
        "train_objectives, evaluator=None, epochs=1, steps_per_epoch=None, scheduler='WarmupLinear', "
        "warmup_steps=10000, optimizer_class=..., optimizer_params=..., weight_decay=0.01, "
        "evaluation_steps=0"
    ),
    "skorch.NeuralNetClassifier": (
        "module, *, criterion=..., optimizer=..., lr=0.01, max_epochs=10, batch_size=128, "
        "train_split=..., device='cpu'"
    ),
    "skorch.NeuralNetRegressor": (
        "module, *, criterion=..., optimizer=..., lr=0.01, max_epochs=10, batch_size=128, "
        "train_split=..., device='cpu'"
    ),
    "stable_baselines3.A2C": (
        "policy, env, learning_rate=0.0007, n_steps=5, gamma=0.99, gae_lambda=1.0, ent_coef=0.0, "
        "vf_coef=0.5, max_grad_norm=0.5"
    ),
    "stable_baselines3.DQN": (
        "policy, env, learning_rate=0.0001, buffer_size=1000000, learning_starts=100, batch_size=32, "
        "tau=1.0, gamma=0.99, train_freq=4, gradient_steps=1, *, target_update_interval=10000, "
        "exploration_fraction=0.1, exploration_initial_eps=1.0, exploration_final_eps=0.05, "
        "max_grad_norm=10"
    ),
    "stable_baselines3.PPO": (
        "policy, env, learning_rate=0.0003, n_steps=2048, batch_size=64, n_epochs=10, gamma=0.99, "
        "gae_lambda=0.95, clip_range=0.2, clip_range_vf=None, normalize_advantage=True, ent_coef=0.0, "
        "vf_coef=0.5, max_grad_norm=0.5"
    ),
    "stable_baselines3.SAC": (
        "policy, env, learning_rate=0.0003, buffer_size=1000000, learning_starts=100, batch_size=256, "
        "tau=0.005, gamma=0.99, train_freq=1, gradient_steps=1"
    ),
    "statsmodels.ARIMA": "endog, exog=None, order=(0, 0, 0), seasonal_order=(0, 0, 0, 0), trend=None",
    "statsmodels.ExponentialSmoothing": (
        "endog, trend=None, damped_trend=False, seasonal=None, *, seasonal_periods=None"
    ),
    "statsmodels.SARIMAX": "endog, exog=None, order=(1, 0, 0), seasonal_order=(0, 0, 0, 0), trend=None",
    "surprise.NMF": (
        "n_factors=15, n_epochs=50, biased=False, reg_pu=0.06, reg_qi=0.06, reg_bu=0.02, reg_bi=0.02, "
        "lr_bu=0.005, lr_bi=0.005, init_low=0, init_high=1, random_state=None, verbose=False"
    ),
    "surprise.SVD": (
        "n_factors=100, n_epochs=20, biased=True, init_mean=0, init_std_dev=0.1, lr_all=0.005, "
        "reg_all=0.02, lr_bu=None, lr_bi=None, lr_pu=None, lr_qi=None, reg_bu=None, reg_bi=None, "
        "reg_pu=None, reg_qi=None, random_state=None, verbose=False"
    ),
    "umap.UMAP": (
        "n_neighbors=15, n_components=2, metric='euclidean', metric_kwds=None, "
        "output_metric='euclidean', output_metric_kwds=None, n_epochs=None, learning_rate=1.0, "
        "init='spectral', min_dist=0.1, spread=1.0, low_memory=True, n_jobs=-1, set_op_mix_ratio=1.0, "
        "local_connectivity=1.0, repulsion_strength=1.0, negative_sample_rate=5, "
        "transform_queue_size=4.0, a=None, b=None, random_state=None"
    ),
}
