"""scikit-learn 1.9.1, read from the installed package by inspect.signature, 2025-11."""

from __future__ import annotations

SKLEARN: dict[str, str] = {
    "sklearn.calibration.CalibratedClassifierCV": (
        "estimator=None, *, method='sigmoid', cv=None, n_jobs=None, ensemble='auto'"
    ),
    "sklearn.cluster.AffinityPropagation": (
        "*, damping=0.5, max_iter=200, convergence_iter=15, copy=True, preference=None, "
        "affinity='euclidean', verbose=False, random_state=None"
    ),
    "sklearn.cluster.AgglomerativeClustering": (
        "n_clusters=2, *, metric='euclidean', memory=None, connectivity=None, "
        "compute_full_tree='auto', linkage='ward', distance_threshold=None, compute_distances=False"
    ),
    "sklearn.cluster.Birch": "*, threshold=0.5, branching_factor=50, n_clusters=3, compute_labels=True",
    "sklearn.cluster.BisectingKMeans": (
        "n_clusters=8, *, init='random', n_init=1, random_state=None, max_iter=300, verbose=0, "
        "tol=0.0001, copy_x=True, algorithm='lloyd', bisecting_strategy='biggest_inertia'"
    ),
    "sklearn.cluster.DBSCAN": (
        "eps=0.5, *, min_samples=5, metric='euclidean', metric_params=None, algorithm='auto', "
        "leaf_size=30, p=None, n_jobs=None"
    ),
    "sklearn.cluster.FeatureAgglomeration": (
        "n_clusters=2, *, metric='euclidean', memory=None, connectivity=None, "
        "compute_full_tree='auto', linkage='ward', pooling_func=..., distance_threshold=None, "
        "compute_distances=False"
    ),
    "sklearn.cluster.HDBSCAN": (
        "min_cluster_size=5, min_samples=None, cluster_selection_epsilon=0.0, max_cluster_size=None, "
        "metric='euclidean', metric_params=None, alpha=1.0, algorithm='auto', leaf_size=40, "
        "n_jobs=None, cluster_selection_method='eom', allow_single_cluster=False, store_centers=None, "
        "copy='warn'"
    ),
    "sklearn.cluster.KMeans": (
        "n_clusters=8, *, init='k-means++', n_init='auto', max_iter=300, tol=0.0001, verbose=0, "
        "random_state=None, copy_x=True, algorithm='lloyd'"
    ),
    "sklearn.cluster.MeanShift": (
        "*, bandwidth=None, seeds=None, bin_seeding=False, min_bin_freq=1, cluster_all=True, "
        "n_jobs=None, max_iter=300"
    ),
    "sklearn.cluster.MiniBatchKMeans": (
        "n_clusters=8, *, init='k-means++', max_iter=100, batch_size=1024, verbose=0, "
        "compute_labels=True, random_state=None, tol=0.0, max_no_improvement=10, init_size=None, "
        "n_init='auto', reassignment_ratio=0.01"
    ),
    "sklearn.cluster.OPTICS": (
        "*, min_samples=5, max_eps=inf, metric='minkowski', p=2, metric_params=None, "
        "cluster_method='xi', eps=None, xi=0.05, predecessor_correction=True, min_cluster_size=None, "
        "algorithm='auto', leaf_size=30, memory=None, n_jobs=None"
    ),
    "sklearn.cluster.SpectralBiclustering": (
        "n_clusters=3, *, method='bistochastic', n_components=6, n_best=3, svd_method='randomized', "
        "n_svd_vecs=None, mini_batch=False, init='k-means++', n_init=10, random_state=None"
    ),
    "sklearn.cluster.SpectralClustering": (
        "n_clusters=8, *, eigen_solver=None, n_components=None, random_state=None, n_init=10, "
        "gamma=1.0, affinity='rbf', n_neighbors=10, eigen_tol='auto', assign_labels='kmeans', "
        "degree=3, coef0=1, kernel_params=None, n_jobs=None, verbose=False"
    ),
    "sklearn.cluster.SpectralCoclustering": (
        "n_clusters=3, *, svd_method='randomized', n_svd_vecs=None, mini_batch=False, "
        "init='k-means++', n_init=10, random_state=None"
    ),
    "sklearn.compose.ColumnTransformer": (
        "transformers, *, remainder='drop', sparse_threshold=0.3, n_jobs=None, "
        "transformer_weights=None, verbose=False, verbose_feature_names_out=True"
    ),
    "sklearn.compose.TransformedTargetRegressor": (
        "regressor=None, *, transformer=None, func=None, inverse_func=None, check_inverse=True"
    ),
    "sklearn.covariance.EllipticEnvelope": (
        "*, store_precision=True, assume_centered=False, support_fraction=None, contamination=0.1, "
        "random_state=None"
    ),
    "sklearn.covariance.EmpiricalCovariance": "*, store_precision=True, assume_centered=False",
    "sklearn.covariance.GraphicalLasso": (
        "alpha=0.01, *, mode='cd', covariance=None, tol=0.0001, enet_tol=0.0001, max_iter=100, "
        "verbose=False, eps=2.220446049250313e-16, assume_centered=False"
    ),
    "sklearn.covariance.GraphicalLassoCV": (
        "*, alphas=4, n_refinements=4, cv=None, tol=0.0001, enet_tol=0.0001, max_iter=100, mode='cd', "
        "n_jobs=None, verbose=False, eps=2.220446049250313e-16, assume_centered=False"
    ),
    "sklearn.covariance.LedoitWolf": "*, store_precision=True, assume_centered=False, block_size=1000",
    "sklearn.covariance.MinCovDet": (
        "*, store_precision=True, assume_centered=False, support_fraction=None, random_state=None"
    ),
    "sklearn.covariance.OAS": "*, store_precision=True, assume_centered=False",
    "sklearn.covariance.ShrunkCovariance": "*, store_precision=True, assume_centered=False, shrinkage=0.1",
    "sklearn.cross_decomposition.CCA": "n_components=2, *, scale=True, max_iter=500, tol=1e-06, copy=True",
    "sklearn.cross_decomposition.PLSCanonical": (
        "n_components=2, *, scale=True, algorithm='nipals', max_iter=500, tol=1e-06, copy=True"
    ),
    "sklearn.cross_decomposition.PLSRegression": (
        "n_components=2, *, scale=True, max_iter=500, tol=1e-06, copy=True"
    ),
    "sklearn.cross_decomposition.PLSSVD": "n_components=2, *, scale=True, copy=True",
    "sklearn.datasets.make_blobs": (
        "n_samples=100, n_features=2, *, centers=None, cluster_std=1.0, center_box=(-10.0, 10.0), "
        "shuffle=True, random_state=None, return_centers=False"
    ),
    "sklearn.datasets.make_circles": (
        "n_samples=100, *, shuffle=True, noise=None, random_state=None, factor=0.8"
    ),
    "sklearn.datasets.make_classification": (
        "n_samples=100, n_features=20, *, n_informative=2, n_redundant=2, n_repeated=0, n_classes=2, "
        "n_clusters_per_class=2, weights=None, flip_y=0.01, class_sep=1.0, hypercube=True, shift=0.0, "
        "scale=1.0, shuffle=True, random_state=None, return_X_y=True"
    ),
    "sklearn.datasets.make_moons": "n_samples=100, *, shuffle=True, noise=None, random_state=None",
    "sklearn.datasets.make_regression": (
        "n_samples=100, n_features=100, *, n_informative=10, n_targets=1, bias=0.0, "
        "effective_rank=None, tail_strength=0.5, noise=0.0, shuffle=True, coef=False, random_state=None"
    ),
    "sklearn.decomposition.DictionaryLearning": (
        "n_components=None, *, alpha=1, max_iter=1000, tol=1e-08, fit_algorithm='lars', "
        "transform_algorithm='omp', transform_n_nonzero_coefs=None, transform_alpha=None, n_jobs=None, "
        "code_init=None, dict_init=None, callback=None, verbose=False, split_sign=False, "
        "random_state=None, positive_code=False, positive_dict=False, transform_max_iter=1000"
    ),
    "sklearn.decomposition.FactorAnalysis": (
        "n_components=None, *, tol=0.01, copy=True, max_iter=1000, noise_variance_init=None, "
        "svd_method='randomized', iterated_power=3, rotation=None, random_state=0"
    ),
    "sklearn.decomposition.FastICA": (
        "n_components=None, *, algorithm='parallel', whiten='unit-variance', fun='logcosh', "
        "fun_args=None, max_iter=200, tol=0.0001, w_init=None, whiten_solver='svd', random_state=None"
    ),
    "sklearn.decomposition.IncrementalPCA": (
        "n_components=None, *, whiten=False, copy=True, batch_size=None"
    ),
    "sklearn.decomposition.KernelPCA": (
        "n_components=None, *, kernel='linear', gamma=None, degree=3, coef0=1, kernel_params=None, "
        "alpha=1.0, fit_inverse_transform=False, eigen_solver='auto', tol=0, max_iter=None, "
        "iterated_power='auto', remove_zero_eig=False, random_state=None, copy_X=True, n_jobs=None"
    ),
    "sklearn.decomposition.LatentDirichletAllocation": (
        "n_components=10, *, doc_topic_prior=None, topic_word_prior=None, learning_method='batch', "
        "learning_decay=0.7, learning_offset=10.0, max_iter=10, batch_size=128, evaluate_every=-1, "
        "total_samples=1000000.0, perp_tol=0.1, mean_change_tol=0.001, max_doc_update_iter=100, "
        "n_jobs=None, verbose=0, random_state=None"
    ),
    "sklearn.decomposition.MiniBatchDictionaryLearning": (
        "n_components=None, *, alpha=1, max_iter=1000, fit_algorithm='lars', n_jobs=None, "
        "batch_size=256, shuffle=True, dict_init=None, transform_algorithm='omp', "
        "transform_n_nonzero_coefs=None, transform_alpha=None, verbose=False, split_sign=False, "
        "random_state=None, positive_code=False, positive_dict=False, transform_max_iter=1000, "
        "callback=None, tol=0.001, max_no_improvement=10"
    ),
    "sklearn.decomposition.MiniBatchNMF": (
        "n_components='auto', *, init=None, batch_size=1024, beta_loss='frobenius', tol=0.0001, "
        "max_no_improvement=10, max_iter=200, alpha_W=0.0, alpha_H='same', l1_ratio=0.0, "
        "forget_factor=0.7, fresh_restarts=False, fresh_restarts_max_iter=30, transform_max_iter=None, "
        "random_state=None, verbose=0"
    ),
    "sklearn.decomposition.MiniBatchSparsePCA": (
        "n_components=None, *, alpha=1, ridge_alpha=0.01, max_iter=1000, callback=None, batch_size=3, "
        "verbose=False, shuffle=True, n_jobs=None, method='lars', random_state=None, tol=0.001, "
        "max_no_improvement=10"
    ),
    "sklearn.decomposition.NMF": (
        "n_components='auto', *, init=None, solver='cd', beta_loss='frobenius', tol=0.0001, "
        "max_iter=200, random_state=None, alpha_W=0.0, alpha_H='same', l1_ratio=0.0, verbose=0, "
        "shuffle=False"
    ),
    "sklearn.decomposition.PCA": (
        "n_components=None, *, copy=True, whiten=False, svd_solver='auto', tol=0.0, "
        "iterated_power='auto', n_oversamples=10, power_iteration_normalizer='auto', random_state=None"
    ),
    "sklearn.decomposition.SparseCoder": (
        "dictionary, *, transform_algorithm='omp', transform_n_nonzero_coefs=None, "
        "transform_alpha=None, split_sign=False, n_jobs=None, positive_code=False, "
        "transform_max_iter=1000"
    ),
    "sklearn.decomposition.SparsePCA": (
        "n_components=None, *, alpha=1, ridge_alpha=0.01, max_iter=1000, tol=1e-08, method='lars', "
        "n_jobs=None, U_init=None, V_init=None, verbose=False, random_state=None"
    ),
    "sklearn.decomposition.TruncatedSVD": (
        "n_components=2, *, algorithm='randomized', n_iter=5, n_oversamples=10, "
        "power_iteration_normalizer='auto', random_state=None, tol=0.0"
    ),
    "sklearn.discriminant_analysis.LinearDiscriminantAnalysis": (
        "solver='svd', shrinkage=None, priors=None, n_components=None, store_covariance=False, "
        "tol=0.0001, covariance_estimator=None"
    ),
    "sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis": (
        "*, solver='svd', shrinkage=None, priors=None, reg_param=0.0, store_covariance=False, "
        "tol=0.0001, covariance_estimator=None"
    ),
    "sklearn.dummy.DummyClassifier": "*, strategy='prior', random_state=None, constant=None",
    "sklearn.dummy.DummyRegressor": "*, strategy='mean', constant=None, quantile=None",
    "sklearn.ensemble.AdaBoostClassifier": (
        "estimator=None, *, n_estimators=50, learning_rate=1.0, random_state=None"
    ),
    "sklearn.ensemble.AdaBoostRegressor": (
        "estimator=None, *, n_estimators=50, learning_rate=1.0, loss='linear', random_state=None"
    ),
    "sklearn.ensemble.BaggingClassifier": (
        "estimator=None, n_estimators=10, *, max_samples=None, max_features=1.0, bootstrap=True, "
        "bootstrap_features=False, oob_score=False, warm_start=False, n_jobs=None, random_state=None, "
        "verbose=0"
    ),
    "sklearn.ensemble.BaggingRegressor": (
        "estimator=None, n_estimators=10, *, max_samples=None, max_features=1.0, bootstrap=True, "
        "bootstrap_features=False, oob_score=False, warm_start=False, n_jobs=None, random_state=None, "
        "verbose=0"
    ),
    "sklearn.ensemble.ExtraTreesClassifier": (
        "n_estimators=100, *, criterion='gini', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features='sqrt', max_leaf_nodes=None, "
        "min_impurity_decrease=0.0, bootstrap=False, oob_score=False, n_jobs=None, random_state=None, "
        "verbose=0, warm_start=False, class_weight=None, ccp_alpha=0.0, max_samples=None, "
        "monotonic_cst=None"
    ),
    "sklearn.ensemble.ExtraTreesRegressor": (
        "n_estimators=100, *, criterion='squared_error', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features=1.0, max_leaf_nodes=None, "
        "min_impurity_decrease=0.0, bootstrap=False, oob_score=False, n_jobs=None, random_state=None, "
        "verbose=0, warm_start=False, ccp_alpha=0.0, max_samples=None, monotonic_cst=None"
    ),
    "sklearn.ensemble.GradientBoostingClassifier": (
        "*, loss='log_loss', learning_rate=0.1, n_estimators=100, subsample=1.0, "
        "criterion='deprecated', min_samples_split=2, min_samples_leaf=1, "
        "min_weight_fraction_leaf=0.0, max_depth=3, min_impurity_decrease=0.0, init=None, "
        "random_state=None, max_features=None, verbose=0, max_leaf_nodes=None, warm_start=False, "
        "validation_fraction=0.1, n_iter_no_change=None, tol=0.0001, ccp_alpha=0.0"
    ),
    "sklearn.ensemble.GradientBoostingRegressor": (
        "*, loss='squared_error', learning_rate=0.1, n_estimators=100, subsample=1.0, "
        "criterion='deprecated', min_samples_split=2, min_samples_leaf=1, "
        "min_weight_fraction_leaf=0.0, max_depth=3, min_impurity_decrease=0.0, init=None, "
        "random_state=None, max_features=None, alpha=0.9, verbose=0, max_leaf_nodes=None, "
        "warm_start=False, validation_fraction=0.1, n_iter_no_change=None, tol=0.0001, ccp_alpha=0.0"
    ),
    "sklearn.ensemble.HistGradientBoostingClassifier": (
        "loss='log_loss', *, learning_rate=0.1, max_iter=100, max_leaf_nodes=31, max_depth=None, "
        "min_samples_leaf=20, l2_regularization=0.0, max_features=1.0, max_bins=255, "
        "categorical_features='from_dtype', monotonic_cst=None, interaction_cst=None, "
        "warm_start=False, early_stopping='auto', scoring='loss', validation_fraction=0.1, "
        "n_iter_no_change=10, tol=1e-07, verbose=0, random_state=None, class_weight=None"
    ),
    "sklearn.ensemble.HistGradientBoostingRegressor": (
        "loss='squared_error', *, quantile=None, learning_rate=0.1, max_iter=100, max_leaf_nodes=31, "
        "max_depth=None, min_samples_leaf=20, l2_regularization=0.0, max_features=1.0, max_bins=255, "
        "categorical_features='from_dtype', monotonic_cst=None, interaction_cst=None, "
        "warm_start=False, early_stopping='auto', scoring='loss', validation_fraction=0.1, "
        "n_iter_no_change=10, tol=1e-07, verbose=0, random_state=None"
    ),
    "sklearn.ensemble.IsolationForest": (
        "*, n_estimators=100, max_samples='auto', contamination='auto', max_features=1.0, "
        "bootstrap=False, n_jobs=None, random_state=None, verbose=0, warm_start=False"
    ),
    "sklearn.ensemble.RandomForestClassifier": (
        "n_estimators=100, *, criterion='gini', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features='sqrt', max_leaf_nodes=None, "
        "min_impurity_decrease=0.0, bootstrap=True, oob_score=False, n_jobs=None, random_state=None, "
        "verbose=0, warm_start=False, class_weight=None, ccp_alpha=0.0, max_samples=None, "
        "monotonic_cst=None"
    ),
    "sklearn.ensemble.RandomForestRegressor": (
        "n_estimators=100, *, criterion='squared_error', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features=1.0, max_leaf_nodes=None, "
        "min_impurity_decrease=0.0, bootstrap=True, oob_score=False, n_jobs=None, random_state=None, "
        "verbose=0, warm_start=False, ccp_alpha=0.0, max_samples=None, monotonic_cst=None"
    ),
    "sklearn.ensemble.RandomTreesEmbedding": (
        "n_estimators=100, *, max_depth=5, min_samples_split=2, min_samples_leaf=1, "
        "min_weight_fraction_leaf=0.0, max_leaf_nodes=None, min_impurity_decrease=0.0, "
        "sparse_output=True, n_jobs=None, random_state=None, verbose=0, warm_start=False"
    ),
    "sklearn.ensemble.StackingClassifier": (
        "estimators, final_estimator=None, *, cv=None, stack_method='auto', n_jobs=None, "
        "passthrough=False, verbose=0"
    ),
    "sklearn.ensemble.StackingRegressor": (
        "estimators, final_estimator=None, *, cv=None, n_jobs=None, passthrough=False, verbose=0"
    ),
    "sklearn.ensemble.VotingClassifier": (
        "estimators, *, voting='hard', weights=None, n_jobs=None, flatten_transform=True, verbose=False"
    ),
    "sklearn.ensemble.VotingRegressor": "estimators, *, weights=None, n_jobs=None, verbose=False",
    "sklearn.feature_extraction.DictVectorizer": "*, dtype=..., separator='=', sparse=True, sort=True",
    "sklearn.feature_extraction.FeatureHasher": (
        "n_features=1048576, *, input_type='dict', dtype=..., alternate_sign=True"
    ),
    "sklearn.feature_extraction.image.PatchExtractor": (
        "*, patch_size=None, max_patches=None, random_state=None"
    ),
    "sklearn.feature_extraction.text.CountVectorizer": (
        "*, input='content', encoding='utf-8', decode_error='strict', strip_accents=None, "
        "lowercase=True, preprocessor=None, tokenizer=None, stop_words=None, token_pattern=..., "
        "ngram_range=(1, 1), analyzer='word', max_df=1.0, min_df=1, max_features=None, "
        "vocabulary=None, binary=False, dtype=..."
    ),
    "sklearn.feature_extraction.text.HashingVectorizer": (
        "*, input='content', encoding='utf-8', decode_error='strict', strip_accents=None, "
        "lowercase=True, preprocessor=None, tokenizer=None, stop_words=None, token_pattern=..., "
        "ngram_range=(1, 1), analyzer='word', n_features=1048576, binary=False, norm='l2', "
        "alternate_sign=True, dtype=..."
    ),
    "sklearn.feature_extraction.text.TfidfTransformer": (
        "*, norm='l2', use_idf=True, smooth_idf=True, sublinear_tf=False"
    ),
    "sklearn.feature_extraction.text.TfidfVectorizer": (
        "*, input='content', encoding='utf-8', decode_error='strict', strip_accents=None, "
        "lowercase=True, preprocessor=None, tokenizer=None, analyzer='word', stop_words=None, "
        "token_pattern=..., ngram_range=(1, 1), max_df=1.0, min_df=1, max_features=None, "
        "vocabulary=None, binary=False, dtype=..., norm='l2', use_idf=True, smooth_idf=True, "
        "sublinear_tf=False"
    ),
    "sklearn.feature_selection.GenericUnivariateSelect": (
        "score_func=..., *, mode='percentile', param=1e-05"
    ),
    "sklearn.feature_selection.RFE": (
        "estimator, *, n_features_to_select=None, step=1, verbose=0, importance_getter='auto'"
    ),
    "sklearn.feature_selection.RFECV": (
        "estimator, *, step=1, min_features_to_select=1, cv=None, scoring=None, verbose=0, "
        "n_jobs=None, importance_getter='auto'"
    ),
    "sklearn.feature_selection.SelectFdr": "score_func=..., *, alpha=0.05",
    "sklearn.feature_selection.SelectFpr": "score_func=..., *, alpha=0.05",
    "sklearn.feature_selection.SelectFromModel": (
        "estimator, *, threshold=None, prefit=False, norm_order=1, max_features=None, "
        "importance_getter='auto'"
    ),
    "sklearn.feature_selection.SelectFwe": "score_func=..., *, alpha=0.05",
    "sklearn.feature_selection.SelectKBest": "score_func=..., *, k=10",
    "sklearn.feature_selection.SelectPercentile": "score_func=..., *, percentile=10",
    "sklearn.feature_selection.SequentialFeatureSelector": (
        "estimator, *, n_features_to_select='auto', tol=None, direction='forward', scoring=None, cv=5, "
        "n_jobs=None"
    ),
    "sklearn.feature_selection.VarianceThreshold": "threshold=0.0",
    "sklearn.gaussian_process.GaussianProcessClassifier": (
        "kernel=None, *, optimizer='fmin_l_bfgs_b', n_restarts_optimizer=0, max_iter_predict=100, "
        "warm_start=False, copy_X_train=True, random_state=None, multi_class='one_vs_rest', n_jobs=None"
    ),
    "sklearn.gaussian_process.GaussianProcessRegressor": (
        "kernel=None, *, alpha=1e-10, optimizer='fmin_l_bfgs_b', n_restarts_optimizer=0, "
        "normalize_y=False, copy_X_train=True, n_targets=None, random_state=None"
    ),
    "sklearn.gaussian_process.kernels.ConstantKernel": (
        "constant_value=1.0, constant_value_bounds=(1e-05, 100000.0)"
    ),
    "sklearn.gaussian_process.kernels.DotProduct": "sigma_0=1.0, sigma_0_bounds=(1e-05, 100000.0)",
    "sklearn.gaussian_process.kernels.ExpSineSquared": (
        "length_scale=1.0, periodicity=1.0, length_scale_bounds=(1e-05, 100000.0), "
        "periodicity_bounds=(1e-05, 100000.0)"
    ),
    "sklearn.gaussian_process.kernels.Matern": (
        "length_scale=1.0, length_scale_bounds=(1e-05, 100000.0), nu=1.5"
    ),
    "sklearn.gaussian_process.kernels.RBF": "length_scale=1.0, length_scale_bounds=(1e-05, 100000.0)",
    "sklearn.gaussian_process.kernels.RationalQuadratic": (
        "length_scale=1.0, alpha=1.0, length_scale_bounds=(1e-05, 100000.0), alpha_bounds=(1e-05, 100000.0)"
    ),
    "sklearn.gaussian_process.kernels.WhiteKernel": ("noise_level=1.0, noise_level_bounds=(1e-05, 100000.0)"),
    "sklearn.impute.IterativeImputer": (
        "estimator=None, *, missing_values=nan, sample_posterior=False, max_iter=10, tol=0.001, "
        "n_nearest_features=None, initial_strategy='mean', fill_value=None, "
        "imputation_order='ascending', skip_complete=False, min_value=-inf, max_value=inf, verbose=0, "
        "random_state=None, add_indicator=False, keep_empty_features=False"
    ),
    "sklearn.impute.KNNImputer": (
        "*, missing_values=nan, n_neighbors=5, weights='uniform', metric='nan_euclidean', copy=True, "
        "add_indicator=False, keep_empty_features=False"
    ),
    "sklearn.impute.MissingIndicator": (
        "*, missing_values=nan, features='missing-only', sparse='auto', error_on_new=True"
    ),
    "sklearn.impute.SimpleImputer": (
        "*, missing_values=nan, strategy='mean', fill_value=None, copy=True, add_indicator=False, "
        "keep_empty_features=False"
    ),
    "sklearn.isotonic.IsotonicRegression": (
        "*, y_min=None, y_max=None, increasing=True, out_of_bounds='nan'"
    ),
    "sklearn.kernel_approximation.AdditiveChi2Sampler": "*, sample_steps=2, sample_interval=None",
    "sklearn.kernel_approximation.Nystroem": (
        "kernel='rbf', *, gamma=None, coef0=None, degree=None, kernel_params=None, n_components=100, "
        "random_state=None, n_jobs=None"
    ),
    "sklearn.kernel_approximation.PolynomialCountSketch": (
        "*, gamma=1.0, degree=2, coef0=0.0, n_components=100, random_state=None"
    ),
    "sklearn.kernel_approximation.RBFSampler": "*, gamma=1.0, n_components=100, random_state=None",
    "sklearn.kernel_approximation.SkewedChi2Sampler": (
        "*, skewedness=1.0, n_components=100, random_state=None"
    ),
    "sklearn.kernel_ridge.KernelRidge": (
        "alpha=1, *, kernel='linear', gamma=None, degree=3, coef0=1, kernel_params=None"
    ),
    "sklearn.linear_model.ARDRegression": (
        "*, max_iter=300, tol=0.001, alpha_1=1e-06, alpha_2=1e-06, lambda_1=1e-06, lambda_2=1e-06, "
        "compute_score=False, threshold_lambda=10000.0, fit_intercept=True, copy_X=True, verbose=False"
    ),
    "sklearn.linear_model.BayesianRidge": (
        "*, max_iter=300, tol=0.001, alpha_1=1e-06, alpha_2=1e-06, lambda_1=1e-06, lambda_2=1e-06, "
        "alpha_init=None, lambda_init=None, compute_score=False, fit_intercept=True, copy_X=True, "
        "verbose=False"
    ),
    "sklearn.linear_model.ElasticNet": (
        "alpha=1.0, *, l1_ratio=0.5, fit_intercept=True, precompute=False, max_iter=1000, copy_X=True, "
        "tol=0.0001, warm_start=False, positive=False, random_state=None, selection='cyclic'"
    ),
    "sklearn.linear_model.ElasticNetCV": (
        "*, l1_ratio=0.5, eps=0.001, alphas=100, fit_intercept=True, precompute='auto', max_iter=1000, "
        "tol=0.0001, cv=None, copy_X=True, verbose=0, n_jobs=None, positive=False, random_state=None, "
        "selection='cyclic'"
    ),
    "sklearn.linear_model.GammaRegressor": (
        "*, alpha=1.0, fit_intercept=True, solver='lbfgs', max_iter=100, tol=0.0001, warm_start=False, "
        "verbose=0"
    ),
    "sklearn.linear_model.HuberRegressor": (
        "*, epsilon=1.35, max_iter=100, alpha=0.0001, warm_start=False, fit_intercept=True, tol=1e-05"
    ),
    "sklearn.linear_model.Lars": (
        "*, fit_intercept=True, verbose=False, precompute='auto', n_nonzero_coefs=500, "
        "eps=2.220446049250313e-16, copy_X=True, fit_path=True, jitter=None, random_state=None"
    ),
    "sklearn.linear_model.LarsCV": (
        "*, fit_intercept=True, verbose=False, max_iter=500, precompute='auto', cv=None, "
        "max_n_alphas=1000, n_jobs=None, eps=2.220446049250313e-16, copy_X=True"
    ),
    "sklearn.linear_model.Lasso": (
        "alpha=1.0, *, fit_intercept=True, precompute=False, copy_X=True, max_iter=1000, tol=0.0001, "
        "warm_start=False, positive=False, random_state=None, selection='cyclic'"
    ),
    "sklearn.linear_model.LassoCV": (
        "*, eps=0.001, alphas=100, fit_intercept=True, precompute='auto', max_iter=1000, tol=0.0001, "
        "copy_X=True, cv=None, verbose=False, n_jobs=None, positive=False, random_state=None, "
        "selection='cyclic'"
    ),
    "sklearn.linear_model.LassoLars": (
        "alpha=1.0, *, fit_intercept=True, verbose=False, precompute='auto', max_iter=500, "
        "eps=2.220446049250313e-16, copy_X=True, fit_path=True, positive=False, jitter=None, "
        "random_state=None"
    ),
    "sklearn.linear_model.LassoLarsCV": (
        "*, fit_intercept=True, verbose=False, max_iter=500, precompute='auto', cv=None, "
        "max_n_alphas=1000, n_jobs=None, eps=2.220446049250313e-16, copy_X=True, positive=False"
    ),
    "sklearn.linear_model.LassoLarsIC": (
        "criterion='aic', *, fit_intercept=True, verbose=False, precompute='auto', max_iter=500, "
        "eps=2.220446049250313e-16, copy_X=True, positive=False, noise_variance=None"
    ),
    "sklearn.linear_model.LinearRegression": (
        "*, fit_intercept=True, copy_X=True, tol=1e-06, n_jobs=None, positive=False"
    ),
    "sklearn.linear_model.LogisticRegression": (
        "penalty='deprecated', *, C=1.0, l1_ratio=0.0, dual=False, tol=0.0001, fit_intercept=True, "
        "intercept_scaling=1, class_weight=None, random_state=None, solver='lbfgs', max_iter=100, "
        "verbose=0, warm_start=False, n_jobs=None"
    ),
    "sklearn.linear_model.LogisticRegressionCV": (
        "*, Cs=10, l1_ratios='warn', fit_intercept=True, cv=None, dual=False, penalty='deprecated', "
        "scoring='warn', solver='lbfgs', tol=0.0001, max_iter=100, class_weight=None, n_jobs=None, "
        "verbose=0, refit=True, intercept_scaling=1.0, random_state=None, use_legacy_attributes='warn'"
    ),
    "sklearn.linear_model.MultiTaskElasticNet": (
        "alpha=1.0, *, l1_ratio=0.5, fit_intercept=True, copy_X=True, max_iter=1000, tol=0.0001, "
        "warm_start=False, random_state=None, selection='cyclic'"
    ),
    "sklearn.linear_model.MultiTaskElasticNetCV": (
        "*, l1_ratio=0.5, eps=0.001, alphas=100, fit_intercept=True, max_iter=1000, tol=0.0001, "
        "cv=None, copy_X=True, verbose=0, n_jobs=None, random_state=None, selection='cyclic'"
    ),
    "sklearn.linear_model.MultiTaskLasso": (
        "alpha=1.0, *, fit_intercept=True, copy_X=True, max_iter=1000, tol=0.0001, warm_start=False, "
        "random_state=None, selection='cyclic'"
    ),
    "sklearn.linear_model.MultiTaskLassoCV": (
        "*, eps=0.001, alphas=100, fit_intercept=True, max_iter=1000, tol=0.0001, copy_X=True, "
        "cv=None, verbose=False, n_jobs=None, random_state=None, selection='cyclic'"
    ),
    "sklearn.linear_model.OrthogonalMatchingPursuit": (
        "*, n_nonzero_coefs=None, tol=None, fit_intercept=True, precompute='auto'"
    ),
    "sklearn.linear_model.OrthogonalMatchingPursuitCV": (
        "*, copy=True, fit_intercept=True, max_iter=None, cv=None, n_jobs=None, verbose=False"
    ),
    "sklearn.linear_model.PassiveAggressiveClassifier": (
        "*, C=1.0, fit_intercept=True, max_iter=1000, tol=0.001, early_stopping=False, "
        "validation_fraction=0.1, n_iter_no_change=5, shuffle=True, verbose=0, loss='hinge', "
        "n_jobs=None, random_state=None, warm_start=False, class_weight=None, average=False"
    ),
    "sklearn.linear_model.PassiveAggressiveRegressor": (
        "*, C=1.0, fit_intercept=True, max_iter=1000, tol=0.001, early_stopping=False, "
        "validation_fraction=0.1, n_iter_no_change=5, shuffle=True, verbose=0, "
        "loss='epsilon_insensitive', epsilon=0.1, random_state=None, warm_start=False, average=False"
    ),
    "sklearn.linear_model.Perceptron": (
        "*, penalty=None, alpha=0.0001, l1_ratio=0.15, fit_intercept=True, max_iter=1000, tol=0.001, "
        "shuffle=True, verbose=0, eta0=1.0, n_jobs=None, random_state=0, early_stopping=False, "
        "validation_fraction=0.1, n_iter_no_change=5, class_weight=None, warm_start=False"
    ),
    "sklearn.linear_model.PoissonRegressor": (
        "*, alpha=1.0, fit_intercept=True, solver='lbfgs', max_iter=100, tol=0.0001, warm_start=False, "
        "verbose=0"
    ),
    "sklearn.linear_model.QuantileRegressor": (
        "*, quantile=0.5, alpha=1.0, fit_intercept=True, solver='highs', solver_options=None"
    ),
    "sklearn.linear_model.RANSACRegressor": (
        "estimator=None, *, min_samples=None, residual_threshold=None, is_data_valid=None, "
        "is_model_valid=None, max_trials=100, max_skips=inf, stop_n_inliers=inf, stop_score=inf, "
        "stop_probability=0.99, loss='absolute_error', random_state=None"
    ),
    "sklearn.linear_model.Ridge": (
        "alpha=1.0, *, fit_intercept=True, copy_X=True, max_iter=None, tol=0.0001, solver='auto', "
        "positive=False, random_state=None"
    ),
    "sklearn.linear_model.RidgeCV": (
        "alphas=(0.1, 1.0, 10.0), *, fit_intercept=True, scoring=None, cv=None, gcv_mode=None, "
        "store_cv_results=False, alpha_per_target=False"
    ),
    "sklearn.linear_model.RidgeClassifier": (
        "alpha=1.0, *, fit_intercept=True, copy_X=True, max_iter=None, tol=0.0001, class_weight=None, "
        "solver='auto', positive=False, random_state=None"
    ),
    "sklearn.linear_model.RidgeClassifierCV": (
        "alphas=(0.1, 1.0, 10.0), *, fit_intercept=True, scoring=None, cv=None, class_weight=None, "
        "store_cv_results=False"
    ),
    "sklearn.linear_model.SGDClassifier": (
        "loss='hinge', *, penalty='l2', alpha=0.0001, l1_ratio=0.15, fit_intercept=True, "
        "max_iter=1000, tol=0.001, shuffle=True, verbose=0, epsilon=0.1, n_jobs=None, "
        "random_state=None, learning_rate='optimal', eta0=0.01, power_t=0.5, early_stopping=False, "
        "validation_fraction=0.1, n_iter_no_change=5, class_weight=None, warm_start=False, "
        "average=False"
    ),
    "sklearn.linear_model.SGDOneClassSVM": (
        "nu=0.5, fit_intercept=True, max_iter=1000, tol=0.001, shuffle=True, verbose=0, "
        "random_state=None, learning_rate='optimal', eta0=0.01, power_t=0.5, warm_start=False, "
        "average=False"
    ),
    "sklearn.linear_model.SGDRegressor": (
        "loss='squared_error', *, penalty='l2', alpha=0.0001, l1_ratio=0.15, fit_intercept=True, "
        "max_iter=1000, tol=0.001, shuffle=True, verbose=0, epsilon=0.1, random_state=None, "
        "learning_rate='invscaling', eta0=0.01, power_t=0.25, early_stopping=False, "
        "validation_fraction=0.1, n_iter_no_change=5, warm_start=False, average=False"
    ),
    "sklearn.linear_model.TheilSenRegressor": (
        "*, fit_intercept=True, max_subpopulation=10000.0, n_subsamples=None, max_iter=300, tol=0.001, "
        "random_state=None, n_jobs=None, verbose=False"
    ),
    "sklearn.linear_model.TweedieRegressor": (
        "*, power=0.0, alpha=1.0, fit_intercept=True, link='auto', solver='lbfgs', max_iter=100, "
        "tol=0.0001, warm_start=False, verbose=0"
    ),
    "sklearn.manifold.ClassicalMDS": "n_components=2, *, metric='euclidean', metric_params=None",
    "sklearn.manifold.Isomap": (
        "*, n_neighbors=5, radius=None, n_components=2, eigen_solver='auto', tol=0, max_iter=None, "
        "path_method='auto', neighbors_algorithm='auto', n_jobs=None, metric='minkowski', p=2, "
        "metric_params=None"
    ),
    "sklearn.manifold.LocallyLinearEmbedding": (
        "*, n_neighbors=5, n_components=2, reg=0.001, eigen_solver='auto', tol=1e-06, max_iter=100, "
        "method='standard', hessian_tol=0.0001, modified_tol=1e-12, neighbors_algorithm='auto', "
        "random_state=None, n_jobs=None"
    ),
    "sklearn.manifold.MDS": (
        "n_components=2, *, metric_mds=True, n_init=1, init='warn', max_iter=300, verbose=0, "
        "eps=1e-06, n_jobs=None, random_state=None, dissimilarity='deprecated', metric='euclidean', "
        "metric_params=None, normalized_stress='auto'"
    ),
    "sklearn.manifold.SpectralEmbedding": (
        "n_components=2, *, affinity='nearest_neighbors', gamma=None, random_state=None, "
        "eigen_solver=None, eigen_tol='auto', n_neighbors=None, n_jobs=None"
    ),
    "sklearn.manifold.TSNE": (
        "n_components=2, *, perplexity=30.0, early_exaggeration=12.0, learning_rate='auto', "
        "max_iter=1000, n_iter_without_progress=300, min_grad_norm=1e-07, metric='euclidean', "
        "metric_params=None, init='pca', verbose=0, random_state=None, method='barnes_hut', angle=0.5, "
        "n_jobs=None"
    ),
    "sklearn.mixture.BayesianGaussianMixture": (
        "*, n_components=1, covariance_type='full', tol=0.001, reg_covar=1e-06, max_iter=100, "
        "n_init=1, init_params='kmeans', weight_concentration_prior_type='dirichlet_process', "
        "weight_concentration_prior=None, mean_precision_prior=None, mean_prior=None, "
        "degrees_of_freedom_prior=None, covariance_prior=None, random_state=None, warm_start=False, "
        "verbose=0, verbose_interval=10"
    ),
    "sklearn.mixture.GaussianMixture": (
        "n_components=1, *, covariance_type='full', tol=0.001, reg_covar=1e-06, max_iter=100, "
        "n_init=1, init_params='kmeans', weights_init=None, means_init=None, precisions_init=None, "
        "random_state=None, warm_start=False, verbose=0, verbose_interval=10"
    ),
    "sklearn.model_selection.FixedThresholdClassifier": (
        "estimator, *, threshold='auto', pos_label=None, response_method='auto'"
    ),
    "sklearn.model_selection.GridSearchCV": (
        "estimator, param_grid, *, scoring=None, n_jobs=None, refit=True, cv=None, verbose=0, "
        "pre_dispatch='2*n_jobs', error_score=nan, return_train_score=False"
    ),
    "sklearn.model_selection.GroupKFold": "n_splits=5, *, shuffle=False, random_state=None",
    "sklearn.model_selection.GroupShuffleSplit": (
        "n_splits=5, *, test_size=None, train_size=None, random_state=None"
    ),
    "sklearn.model_selection.HalvingGridSearchCV": (
        "estimator, param_grid, *, factor=3, resource='n_samples', max_resources='auto', "
        "min_resources='exhaust', aggressive_elimination=False, cv=5, scoring=None, refit=True, "
        "error_score=nan, return_train_score=True, random_state=None, n_jobs=None, verbose=0"
    ),
    "sklearn.model_selection.HalvingRandomSearchCV": (
        "estimator, param_distributions, *, n_candidates='exhaust', factor=3, resource='n_samples', "
        "max_resources='auto', min_resources='smallest', aggressive_elimination=False, cv=5, "
        "scoring=None, refit=True, error_score=nan, return_train_score=True, random_state=None, "
        "n_jobs=None, verbose=0"
    ),
    "sklearn.model_selection.KFold": "n_splits=5, *, shuffle=False, random_state=None",
    "sklearn.model_selection.LeavePGroupsOut": "n_groups",
    "sklearn.model_selection.LeavePOut": "p",
    "sklearn.model_selection.ParameterSampler": "param_distributions, n_iter, *, random_state=None",
    "sklearn.model_selection.RandomizedSearchCV": (
        "estimator, param_distributions, *, n_iter=10, scoring=None, n_jobs=None, refit=True, cv=None, "
        "verbose=0, pre_dispatch='2*n_jobs', random_state=None, error_score=nan, "
        "return_train_score=False"
    ),
    "sklearn.model_selection.RepeatedKFold": "*, n_splits=5, n_repeats=10, random_state=None",
    "sklearn.model_selection.RepeatedStratifiedKFold": "*, n_splits=5, n_repeats=10, random_state=None",
    "sklearn.model_selection.ShuffleSplit": (
        "n_splits=10, *, test_size=None, train_size=None, random_state=None"
    ),
    "sklearn.model_selection.StratifiedGroupKFold": "n_splits=5, shuffle=False, random_state=None",
    "sklearn.model_selection.StratifiedKFold": "n_splits=5, *, shuffle=False, random_state=None",
    "sklearn.model_selection.StratifiedShuffleSplit": (
        "n_splits=10, *, test_size=None, train_size=None, random_state=None"
    ),
    "sklearn.model_selection.TimeSeriesSplit": "n_splits=5, *, max_train_size=None, test_size=None, gap=0",
    "sklearn.model_selection.TunedThresholdClassifierCV": (
        "estimator, *, scoring='balanced_accuracy', response_method='auto', thresholds=100, cv=None, "
        "refit=True, n_jobs=None, random_state=None, store_cv_results=False"
    ),
    "sklearn.model_selection.cross_val_predict": (
        "estimator, X, y=None, *, groups=None, cv=None, n_jobs=None, verbose=0, params=None, "
        "pre_dispatch='2*n_jobs', method='predict'"
    ),
    "sklearn.model_selection.cross_val_score": (
        "estimator, X, y=None, *, groups=None, scoring=None, cv=None, n_jobs=None, verbose=0, "
        "params=None, pre_dispatch='2*n_jobs', error_score=nan"
    ),
    "sklearn.model_selection.cross_validate": (
        "estimator, X, y=None, *, groups=None, scoring=None, cv=None, n_jobs=None, verbose=0, "
        "params=None, pre_dispatch='2*n_jobs', return_train_score=False, return_estimator=False, "
        "return_indices=False, error_score=nan"
    ),
    "sklearn.model_selection.learning_curve": (
        "estimator, X, y, *, groups=None, train_sizes=..., cv=None, scoring=None, "
        "exploit_incremental_learning=False, n_jobs=None, pre_dispatch='all', verbose=0, "
        "shuffle=False, random_state=None, error_score=nan, return_times=False, params=None"
    ),
    "sklearn.model_selection.permutation_test_score": (
        "estimator, X, y, *, groups=None, cv=None, n_permutations=100, n_jobs=None, random_state=0, "
        "verbose=0, scoring=None, params=None"
    ),
    "sklearn.model_selection.train_test_split": (
        "*, test_size=None, train_size=None, random_state=None, shuffle=True, stratify=None"
    ),
    "sklearn.model_selection.validation_curve": (
        "estimator, X, y, *, param_name, param_range, groups=None, cv=None, scoring=None, n_jobs=None, "
        "pre_dispatch='all', verbose=0, error_score=nan, params=None"
    ),
    "sklearn.multiclass.OneVsOneClassifier": "estimator, *, n_jobs=None",
    "sklearn.multiclass.OneVsRestClassifier": "estimator, *, n_jobs=None, verbose=0",
    "sklearn.multiclass.OutputCodeClassifier": (
        "estimator, *, code_size=1.5, random_state=None, n_jobs=None"
    ),
    "sklearn.multioutput.ClassifierChain": (
        "estimator, *, order=None, cv=None, chain_method='predict', random_state=None, verbose=False"
    ),
    "sklearn.multioutput.MultiOutputClassifier": "estimator, *, n_jobs=None",
    "sklearn.multioutput.MultiOutputRegressor": "estimator, *, n_jobs=None",
    "sklearn.multioutput.RegressorChain": (
        "estimator, *, order=None, cv=None, random_state=None, verbose=False"
    ),
    "sklearn.naive_bayes.BernoulliNB": (
        "*, alpha=1.0, force_alpha=True, binarize=0.0, fit_prior=True, class_prior=None"
    ),
    "sklearn.naive_bayes.CategoricalNB": (
        "*, alpha=1.0, force_alpha=True, fit_prior=True, class_prior=None, min_categories=None"
    ),
    "sklearn.naive_bayes.ComplementNB": (
        "*, alpha=1.0, force_alpha=True, fit_prior=True, class_prior=None, norm=False"
    ),
    "sklearn.naive_bayes.GaussianNB": "*, priors=None, var_smoothing=1e-09",
    "sklearn.naive_bayes.MultinomialNB": ("*, alpha=1.0, force_alpha=True, fit_prior=True, class_prior=None"),
    "sklearn.neighbors.KNeighborsClassifier": (
        "n_neighbors=5, *, weights='uniform', algorithm='auto', leaf_size=30, p=2, metric='minkowski', "
        "metric_params=None, n_jobs=None"
    ),
    "sklearn.neighbors.KNeighborsRegressor": (
        "n_neighbors=5, *, weights='uniform', algorithm='auto', leaf_size=30, p=2, metric='minkowski', "
        "metric_params=None, n_jobs=None"
    ),
    "sklearn.neighbors.KNeighborsTransformer": (
        "*, mode='distance', n_neighbors=5, algorithm='auto', leaf_size=30, metric='minkowski', p=2, "
        "metric_params=None, n_jobs=None"
    ),
    "sklearn.neighbors.KernelDensity": (
        "*, bandwidth=1.0, algorithm='auto', kernel='gaussian', metric='euclidean', atol=0, rtol=0, "
        "breadth_first=True, leaf_size=40, metric_params=None"
    ),
    "sklearn.neighbors.LocalOutlierFactor": (
        "n_neighbors=20, *, algorithm='auto', leaf_size=30, metric='minkowski', p=2, "
        "metric_params=None, contamination='auto', novelty=False, n_jobs=None"
    ),
    "sklearn.neighbors.NearestCentroid": "metric='euclidean', *, shrink_threshold=None, priors='uniform'",
    "sklearn.neighbors.NearestNeighbors": (
        "*, n_neighbors=5, radius=1.0, algorithm='auto', leaf_size=30, metric='minkowski', p=2, "
        "metric_params=None, n_jobs=None"
    ),
    "sklearn.neighbors.NeighborhoodComponentsAnalysis": (
        "n_components=None, *, init='auto', warm_start=False, max_iter=50, tol=1e-05, callback=None, "
        "verbose=0, random_state=None"
    ),
    "sklearn.neighbors.RadiusNeighborsClassifier": (
        "radius=1.0, *, weights='uniform', algorithm='auto', leaf_size=30, p=2, metric='minkowski', "
        "outlier_label=None, metric_params=None, n_jobs=None"
    ),
    "sklearn.neighbors.RadiusNeighborsRegressor": (
        "radius=1.0, *, weights='uniform', algorithm='auto', leaf_size=30, p=2, metric='minkowski', "
        "metric_params=None, n_jobs=None"
    ),
    "sklearn.neighbors.RadiusNeighborsTransformer": (
        "*, mode='distance', radius=1.0, algorithm='auto', leaf_size=30, metric='minkowski', p=2, "
        "metric_params=None, n_jobs=None"
    ),
    "sklearn.neural_network.BernoulliRBM": (
        "n_components=256, *, learning_rate=0.1, batch_size=10, n_iter=10, verbose=0, random_state=None"
    ),
    "sklearn.neural_network.MLPClassifier": (
        "hidden_layer_sizes=(100,), activation='relu', *, solver='adam', alpha=0.0001, "
        "batch_size='auto', learning_rate='constant', learning_rate_init=0.001, power_t=0.5, "
        "max_iter=200, shuffle=True, random_state=None, tol=0.0001, verbose=False, warm_start=False, "
        "momentum=0.9, nesterovs_momentum=True, early_stopping=False, validation_fraction=0.1, "
        "beta_1=0.9, beta_2=0.999, epsilon=1e-08, n_iter_no_change=10, max_fun=15000"
    ),
    "sklearn.neural_network.MLPRegressor": (
        "loss='squared_error', hidden_layer_sizes=(100,), activation='relu', *, solver='adam', "
        "alpha=0.0001, batch_size='auto', learning_rate='constant', learning_rate_init=0.001, "
        "power_t=0.5, max_iter=200, shuffle=True, random_state=None, tol=0.0001, verbose=False, "
        "warm_start=False, momentum=0.9, nesterovs_momentum=True, early_stopping=False, "
        "validation_fraction=0.1, beta_1=0.9, beta_2=0.999, epsilon=1e-08, n_iter_no_change=10, "
        "max_fun=15000"
    ),
    "sklearn.pipeline.FeatureUnion": (
        "transformer_list, *, n_jobs=None, transformer_weights=None, verbose=False, "
        "verbose_feature_names_out=True"
    ),
    "sklearn.pipeline.Pipeline": "steps, *, transform_input=None, memory=None, verbose=False",
    "sklearn.preprocessing.Binarizer": "*, threshold=0.0, copy=True",
    "sklearn.preprocessing.FunctionTransformer": (
        "func=None, inverse_func=None, *, validate=False, accept_sparse=False, check_inverse=True, "
        "feature_names_out=None, kw_args=None, inv_kw_args=None"
    ),
    "sklearn.preprocessing.KBinsDiscretizer": (
        "n_bins=5, *, encode='onehot', strategy='quantile', quantile_method='averaged_inverted_cdf', "
        "dtype=None, subsample=200000, random_state=None"
    ),
    "sklearn.preprocessing.LabelBinarizer": "*, neg_label=0, pos_label=1, sparse_output=False",
    "sklearn.preprocessing.MaxAbsScaler": "*, copy=True, clip=False",
    "sklearn.preprocessing.MinMaxScaler": "feature_range=(0, 1), *, copy=True, clip=False",
    "sklearn.preprocessing.MultiLabelBinarizer": "*, classes=None, sparse_output=False",
    "sklearn.preprocessing.Normalizer": "norm='l2', *, copy=True",
    "sklearn.preprocessing.OneHotEncoder": (
        "*, categories='auto', drop=None, sparse_output=True, dtype=..., handle_unknown='error', "
        "min_frequency=None, max_categories=None, feature_name_combiner='concat'"
    ),
    "sklearn.preprocessing.OrdinalEncoder": (
        "*, categories='auto', dtype=..., handle_unknown='error', unknown_value=None, "
        "encoded_missing_value=nan, min_frequency=None, max_categories=None"
    ),
    "sklearn.preprocessing.PolynomialFeatures": (
        "degree=2, *, interaction_only=False, include_bias=True, order='C'"
    ),
    "sklearn.preprocessing.PowerTransformer": "method='yeo-johnson', *, standardize=True, copy=True",
    "sklearn.preprocessing.QuantileTransformer": (
        "*, n_quantiles=1000, output_distribution='uniform', ignore_implicit_zeros=False, "
        "subsample=10000, random_state=None, copy=True"
    ),
    "sklearn.preprocessing.RobustScaler": (
        "*, with_centering=True, with_scaling=True, quantile_range=(25.0, 75.0), copy=True, "
        "unit_variance=False"
    ),
    "sklearn.preprocessing.SplineTransformer": (
        "n_knots=5, degree=3, *, knots='uniform', extrapolation='constant', include_bias=True, "
        "order='C', handle_missing='error', sparse_output=False"
    ),
    "sklearn.preprocessing.StandardScaler": "*, copy=True, with_mean=True, with_std=True",
    "sklearn.preprocessing.TargetEncoder": (
        "categories='auto', target_type='auto', smooth='auto', cv=5, shuffle='deprecated', "
        "random_state='deprecated'"
    ),
    "sklearn.random_projection.GaussianRandomProjection": (
        "n_components='auto', *, eps=0.1, compute_inverse_components=False, random_state=None"
    ),
    "sklearn.random_projection.SparseRandomProjection": (
        "n_components='auto', *, density='auto', eps=0.1, dense_output=False, "
        "compute_inverse_components=False, random_state=None"
    ),
    "sklearn.semi_supervised.LabelPropagation": (
        "kernel='rbf', *, gamma=20, n_neighbors=7, max_iter=1000, tol=0.001, n_jobs=None"
    ),
    "sklearn.semi_supervised.LabelSpreading": (
        "kernel='rbf', *, gamma=20, n_neighbors=7, alpha=0.2, max_iter=30, tol=0.001, n_jobs=None"
    ),
    "sklearn.semi_supervised.SelfTrainingClassifier": (
        "estimator=None, threshold=0.75, criterion='threshold', k_best=10, max_iter=10, verbose=False"
    ),
    "sklearn.svm.LinearSVC": (
        "penalty='l2', loss='squared_hinge', *, dual='auto', tol=0.0001, C=1.0, multi_class='ovr', "
        "fit_intercept=True, intercept_scaling=1, class_weight=None, verbose=0, random_state=None, "
        "max_iter=1000"
    ),
    "sklearn.svm.LinearSVR": (
        "*, epsilon=0.0, tol=0.0001, C=1.0, loss='epsilon_insensitive', fit_intercept=True, "
        "intercept_scaling=1.0, dual='auto', verbose=0, random_state=None, max_iter=1000"
    ),
    "sklearn.svm.NuSVC": (
        "*, nu=0.5, kernel='rbf', degree=3, gamma='scale', coef0=0.0, shrinking=True, "
        "probability='deprecated', tol=0.001, cache_size=200, class_weight=None, verbose=False, "
        "max_iter=-1, decision_function_shape='ovr', break_ties=False, random_state=None"
    ),
    "sklearn.svm.NuSVR": (
        "*, nu=0.5, C=1.0, kernel='rbf', degree=3, gamma='scale', coef0=0.0, shrinking=True, "
        "tol=0.001, cache_size=200, verbose=False, max_iter=-1"
    ),
    "sklearn.svm.OneClassSVM": (
        "*, kernel='rbf', degree=3, gamma='scale', coef0=0.0, tol=0.001, nu=0.5, shrinking=True, "
        "cache_size=200, verbose=False, max_iter=-1"
    ),
    "sklearn.svm.SVC": (
        "*, C=1.0, kernel='rbf', degree=3, gamma='scale', coef0=0.0, shrinking=True, "
        "probability='deprecated', tol=0.001, cache_size=200, class_weight=None, verbose=False, "
        "max_iter=-1, decision_function_shape='ovr', break_ties=False, random_state=None"
    ),
    "sklearn.svm.SVR": (
        "*, kernel='rbf', degree=3, gamma='scale', coef0=0.0, tol=0.001, C=1.0, epsilon=0.1, "
        "shrinking=True, cache_size=200, verbose=False, max_iter=-1"
    ),
    "sklearn.tree.DecisionTreeClassifier": (
        "*, criterion='gini', splitter='best', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features=None, random_state=None, "
        "max_leaf_nodes=None, min_impurity_decrease=0.0, class_weight=None, ccp_alpha=0.0, "
        "monotonic_cst=None"
    ),
    "sklearn.tree.DecisionTreeRegressor": (
        "*, criterion='squared_error', splitter='best', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features=None, random_state=None, "
        "max_leaf_nodes=None, min_impurity_decrease=0.0, ccp_alpha=0.0, monotonic_cst=None"
    ),
    "sklearn.tree.ExtraTreeClassifier": (
        "*, criterion='gini', splitter='random', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features='sqrt', random_state=None, "
        "max_leaf_nodes=None, min_impurity_decrease=0.0, class_weight=None, ccp_alpha=0.0, "
        "monotonic_cst=None"
    ),
    "sklearn.tree.ExtraTreeRegressor": (
        "*, criterion='squared_error', splitter='random', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features=1.0, random_state=None, "
        "min_impurity_decrease=0.0, max_leaf_nodes=None, ccp_alpha=0.0, monotonic_cst=None"
    ),
    "sklearn.utils.resample": (
        "*, replace=True, n_samples=None, random_state=None, stratify=None, sample_weight=None"
    ),
    "sklearn.utils.shuffle": "*, random_state=None, n_samples=None",
}
