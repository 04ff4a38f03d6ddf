"""What is random, what makes it repeatable, and which calls seed everything.

An entry's `is_random` says under which arguments it is random at all: KFold only
with `shuffle=True`, SVC only with `probability=True`. Not here, because they are
repeatable unless told otherwise: xgboost (seed 0), lightgbm (fixed seeds), catboost
(seed 0), `lightgbm.cv`, `xgboost.cv`, `transformers.TrainingArguments` (seed 42),
pyspark.ml, and scikit-learn's classes whose randomness depends on the data's size
(QuantileTransformer) or touches only ties nobody sees (AffinityPropagation).

Seed parameters and defaults are read from the signatures (scikit-learn 1.9,
imbalanced-learn 0.14); conditions are from the documentation of `random_state`
in each class, 2025-11.
"""

from __future__ import annotations

from mldebt.knowledge.kinds import Randomness

_STATE = ("random_state",)

RANDOM: dict[str, Randomness] = {
    "bayes_opt.BayesianOptimization": Randomness(_STATE, family="numpy"),
    "boruta.BorutaPy": Randomness(_STATE, family="numpy"),
    "category_encoders.GLMMEncoder": Randomness(_STATE, -1, "randomized", (True,), False, "numpy"),
    "category_encoders.JamesSteinEncoder": Randomness(_STATE, -1, "randomized", (True,), False, "numpy"),
    "category_encoders.MEstimateEncoder": Randomness(_STATE, -1, "randomized", (True,), False, "numpy"),
    "category_encoders.WOEEncoder": Randomness(_STATE, -1, "randomized", (True,), False, "numpy"),
    "cuml.model_selection.KFold": Randomness(_STATE, -1, "shuffle", (True,), False, "numpy"),
    "cuml.model_selection.StratifiedKFold": Randomness(_STATE, -1, "shuffle", (True,), False, "numpy"),
    "cuml.model_selection.train_test_split": Randomness(_STATE, -1, "shuffle", (True,), True, "numpy"),
    "dask_ml.model_selection.KFold": Randomness(_STATE, -1, "shuffle", (True,), False, "numpy"),
    "dask_ml.model_selection.RandomizedSearchCV": Randomness(_STATE, family="numpy"),
    "dask_ml.model_selection.ShuffleSplit": Randomness(_STATE, family="numpy"),
    "dask_ml.model_selection.train_test_split": Randomness(_STATE, -1, "shuffle", (True,), True, "numpy"),
    "datasets.Dataset().shuffle": Randomness(("seed", "generator"), 0, family="numpy"),
    "datasets.Dataset().train_test_split": Randomness(
        ("seed", "generator"), -1, "shuffle", (True,), True, "numpy"
    ),
    "feature_engine.imputation.RandomSampleImputer": Randomness(_STATE, family="numpy"),
    "feature_engine.selection.SelectByShuffling": Randomness(_STATE, family="numpy"),
    "gensim.models.LdaModel": Randomness(_STATE, family="numpy"),
    "gensim.models.LdaMulticore": Randomness(_STATE, family="numpy"),
    "hyperopt.fmin": Randomness(("rstate",)),
    "imblearn.combine.SMOTEENN": Randomness(_STATE, family="numpy"),
    "imblearn.combine.SMOTETomek": Randomness(_STATE, family="numpy"),
    "imblearn.ensemble.BalancedBaggingClassifier": Randomness(_STATE, family="numpy"),
    "imblearn.ensemble.BalancedRandomForestClassifier": Randomness(_STATE, family="numpy"),
    "imblearn.ensemble.EasyEnsembleClassifier": Randomness(_STATE, family="numpy"),
    "imblearn.ensemble.RUSBoostClassifier": Randomness(_STATE, family="numpy"),
    "imblearn.over_sampling.ADASYN": Randomness(_STATE, family="numpy"),
    "imblearn.over_sampling.BorderlineSMOTE": Randomness(_STATE, family="numpy"),
    "imblearn.over_sampling.KMeansSMOTE": Randomness(_STATE, family="numpy"),
    "imblearn.over_sampling.RandomOverSampler": Randomness(_STATE, family="numpy"),
    "imblearn.over_sampling.SMOTE": Randomness(_STATE, family="numpy"),
    "imblearn.over_sampling.SMOTEN": Randomness(_STATE, family="numpy"),
    "imblearn.over_sampling.SMOTENC": Randomness(_STATE, family="numpy"),
    "imblearn.over_sampling.SVMSMOTE": Randomness(_STATE, family="numpy"),
    "imblearn.under_sampling.ClusterCentroids": Randomness(_STATE, family="numpy"),
    "imblearn.under_sampling.CondensedNearestNeighbour": Randomness(_STATE, family="numpy"),
    "imblearn.under_sampling.InstanceHardnessThreshold": Randomness(_STATE, family="numpy"),
    "imblearn.under_sampling.OneSidedSelection": Randomness(_STATE, family="numpy"),
    "imblearn.under_sampling.RandomUnderSampler": Randomness(_STATE, family="numpy"),
    "implicit.als.AlternatingLeastSquares": Randomness(_STATE, family="numpy"),
    "implicit.bpr.BayesianPersonalizedRanking": Randomness(_STATE, family="numpy"),
    "iterstrat.ml_stratifiers.MultilabelStratifiedKFold": Randomness(
        _STATE, -1, "shuffle", (True,), False, "numpy"
    ),
    "iterstrat.ml_stratifiers.MultilabelStratifiedShuffleSplit": Randomness(_STATE, family="numpy"),
    "iterstrat.ml_stratifiers.RepeatedMultilabelStratifiedKFold": Randomness(_STATE, family="numpy"),
    "keras.utils.audio_dataset_from_directory": Randomness(
        ("seed",), -1, "shuffle", (True,), True, "tensorflow"
    ),
    "keras.utils.image_dataset_from_directory": Randomness(
        ("seed",), -1, "shuffle", (True,), True, "tensorflow"
    ),
    "keras.utils.split_dataset": Randomness(("seed",), -1, "shuffle", (True,), False, "tensorflow"),
    "keras.utils.text_dataset_from_directory": Randomness(
        ("seed",), -1, "shuffle", (True,), True, "tensorflow"
    ),
    "keras_tuner.BayesianOptimization": Randomness(("seed",), family="python"),
    "keras_tuner.Hyperband": Randomness(("seed",), family="python"),
    "keras_tuner.RandomSearch": Randomness(("seed",), family="python"),
    "kerastuner.Hyperband": Randomness(("seed",), family="python"),
    "kerastuner.RandomSearch": Randomness(("seed",), family="python"),
    "lightfm.LightFM": Randomness(_STATE, family="numpy"),
    "lime.lime_tabular.LimeTabularExplainer": Randomness(_STATE, family="numpy"),
    "lime.lime_text.LimeTextExplainer": Randomness(_STATE, family="numpy"),
    "ngboost.NGBClassifier": Randomness(_STATE, family="numpy"),
    "ngboost.NGBRegressor": Randomness(_STATE, family="numpy"),
    "numpy.random.MT19937": Randomness(("seed",), 0),
    "numpy.random.PCG64": Randomness(("seed",), 0),
    "numpy.random.RandomState": Randomness(("seed",), 0),
    "numpy.random.SeedSequence": Randomness(("entropy",), 0),
    "numpy.random.default_rng": Randomness(("seed",), 0),
    "optuna.samplers.CmaEsSampler": Randomness(("seed",)),
    "optuna.samplers.GPSampler": Randomness(("seed",)),
    "optuna.samplers.NSGAIIISampler": Randomness(("seed",)),
    "optuna.samplers.NSGAIISampler": Randomness(("seed",)),
    "optuna.samplers.RandomSampler": Randomness(("seed",)),
    "optuna.samplers.TPESampler": Randomness(("seed",)),
    "pandas.DataFrame().sample": Randomness(_STATE, family="numpy"),
    "pandas.DataFrame()[].sample": Randomness(_STATE, family="numpy"),
    "pandas.GroupBy().sample": Randomness(_STATE, family="numpy"),
    "pandas.Series().sample": Randomness(_STATE, family="numpy"),
    "polars.DataFrame().sample": Randomness(("seed",)),
    "polars.Series().sample": Randomness(("seed",)),
    "pyspark.sql.DataFrame().randomSplit": Randomness(("seed",), 1),
    "pyspark.sql.DataFrame().sample": Randomness(("seed",), 2),
    "pyspark.sql.DataFrame().sampleBy": Randomness(("seed",), 2),
    "random.Random": Randomness(("x",), 0),
    "sklearn.cluster.BisectingKMeans": Randomness(_STATE, family="numpy"),
    "sklearn.cluster.KMeans": Randomness(_STATE, family="numpy"),
    "sklearn.cluster.MiniBatchKMeans": Randomness(_STATE, family="numpy"),
    "sklearn.cluster.SpectralBiclustering": Randomness(_STATE, family="numpy"),
    "sklearn.cluster.SpectralClustering": Randomness(_STATE, family="numpy"),
    "sklearn.cluster.SpectralCoclustering": Randomness(_STATE, family="numpy"),
    "sklearn.covariance.EllipticEnvelope": Randomness(_STATE, family="numpy"),
    "sklearn.covariance.MinCovDet": Randomness(_STATE, family="numpy"),
    "sklearn.datasets.make_blobs": Randomness(_STATE, family="numpy"),
    "sklearn.datasets.make_circles": Randomness(_STATE, family="numpy"),
    "sklearn.datasets.make_classification": Randomness(_STATE, family="numpy"),
    "sklearn.datasets.make_friedman1": Randomness(_STATE, family="numpy"),
    "sklearn.datasets.make_moons": Randomness(_STATE, family="numpy"),
    "sklearn.datasets.make_multilabel_classification": Randomness(_STATE, family="numpy"),
    "sklearn.datasets.make_regression": Randomness(_STATE, family="numpy"),
    "sklearn.datasets.make_swiss_roll": Randomness(_STATE, family="numpy"),
    "sklearn.decomposition.DictionaryLearning": Randomness(_STATE, family="numpy"),
    "sklearn.decomposition.FastICA": Randomness(_STATE, family="numpy"),
    "sklearn.decomposition.KernelPCA": Randomness(
        _STATE, -1, "eigen_solver", ("arpack", "randomized"), "auto", "numpy"
    ),
    "sklearn.decomposition.LatentDirichletAllocation": Randomness(_STATE, family="numpy"),
    "sklearn.decomposition.MiniBatchDictionaryLearning": Randomness(_STATE, family="numpy"),
    "sklearn.decomposition.MiniBatchNMF": Randomness(
        _STATE, -1, "init", ("nndsvdar", "random"), None, "numpy"
    ),
    "sklearn.decomposition.MiniBatchSparsePCA": Randomness(_STATE, family="numpy"),
    "sklearn.decomposition.NMF": Randomness(_STATE, -1, "init", ("nndsvdar", "random"), None, "numpy"),
    "sklearn.decomposition.PCA": Randomness(
        _STATE, -1, "svd_solver", ("arpack", "randomized"), "auto", "numpy"
    ),
    "sklearn.decomposition.SparsePCA": Randomness(_STATE, family="numpy"),
    "sklearn.decomposition.TruncatedSVD": Randomness(
        _STATE, -1, "algorithm", ("randomized",), "randomized", "numpy"
    ),
    "sklearn.dummy.DummyClassifier": Randomness(
        _STATE, -1, "strategy", ("stratified", "uniform"), "prior", "numpy"
    ),
    "sklearn.ensemble.AdaBoostClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.AdaBoostRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.BaggingClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.BaggingRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.ExtraTreesClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.ExtraTreesRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.GradientBoostingClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.GradientBoostingRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.HistGradientBoostingClassifier": Randomness(
        _STATE, -1, "early_stopping", (True,), "auto", "numpy"
    ),
    "sklearn.ensemble.HistGradientBoostingRegressor": Randomness(
        _STATE, -1, "early_stopping", (True,), "auto", "numpy"
    ),
    "sklearn.ensemble.IsolationForest": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.RandomForestClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.RandomForestRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.ensemble.RandomTreesEmbedding": Randomness(_STATE, family="numpy"),
    "sklearn.feature_selection.mutual_info_classif": Randomness(_STATE, family="numpy"),
    "sklearn.feature_selection.mutual_info_regression": Randomness(_STATE, family="numpy"),
    "sklearn.impute.IterativeImputer": Randomness(_STATE, -1, "sample_posterior", (True,), False, "numpy"),
    "sklearn.inspection.permutation_importance": Randomness(_STATE, family="numpy"),
    "sklearn.kernel_approximation.Nystroem": Randomness(_STATE, family="numpy"),
    "sklearn.kernel_approximation.PolynomialCountSketch": Randomness(_STATE, family="numpy"),
    "sklearn.kernel_approximation.RBFSampler": Randomness(_STATE, family="numpy"),
    "sklearn.kernel_approximation.SkewedChi2Sampler": Randomness(_STATE, family="numpy"),
    "sklearn.linear_model.ElasticNet": Randomness(_STATE, -1, "selection", ("random",), "cyclic", "numpy"),
    "sklearn.linear_model.ElasticNetCV": Randomness(_STATE, -1, "selection", ("random",), "cyclic", "numpy"),
    "sklearn.linear_model.Lasso": Randomness(_STATE, -1, "selection", ("random",), "cyclic", "numpy"),
    "sklearn.linear_model.LassoCV": Randomness(_STATE, -1, "selection", ("random",), "cyclic", "numpy"),
    "sklearn.linear_model.LogisticRegression": Randomness(
        _STATE, -1, "solver", ("liblinear", "sag", "saga"), "lbfgs", "numpy"
    ),
    "sklearn.linear_model.LogisticRegressionCV": Randomness(
        _STATE, -1, "solver", ("liblinear", "sag", "saga"), "lbfgs", "numpy"
    ),
    "sklearn.linear_model.MultiTaskElasticNet": Randomness(
        _STATE, -1, "selection", ("random",), "cyclic", "numpy"
    ),
    "sklearn.linear_model.MultiTaskElasticNetCV": Randomness(
        _STATE, -1, "selection", ("random",), "cyclic", "numpy"
    ),
    "sklearn.linear_model.MultiTaskLasso": Randomness(
        _STATE, -1, "selection", ("random",), "cyclic", "numpy"
    ),
    "sklearn.linear_model.MultiTaskLassoCV": Randomness(
        _STATE, -1, "selection", ("random",), "cyclic", "numpy"
    ),
    "sklearn.linear_model.PassiveAggressiveClassifier": Randomness(
        _STATE, -1, "shuffle", (True,), True, "numpy"
    ),
    "sklearn.linear_model.PassiveAggressiveRegressor": Randomness(
        _STATE, -1, "shuffle", (True,), True, "numpy"
    ),
    "sklearn.linear_model.RANSACRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.linear_model.Ridge": Randomness(_STATE, -1, "solver", ("sag", "saga"), "auto", "numpy"),
    "sklearn.linear_model.RidgeClassifier": Randomness(
        _STATE, -1, "solver", ("sag", "saga"), "auto", "numpy"
    ),
    "sklearn.linear_model.SGDClassifier": Randomness(_STATE, -1, "shuffle", (True,), True, "numpy"),
    "sklearn.linear_model.SGDOneClassSVM": Randomness(_STATE, -1, "shuffle", (True,), True, "numpy"),
    "sklearn.linear_model.SGDRegressor": Randomness(_STATE, -1, "shuffle", (True,), True, "numpy"),
    "sklearn.linear_model.TheilSenRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.manifold.LocallyLinearEmbedding": Randomness(
        _STATE, -1, "eigen_solver", ("arpack",), "auto", "numpy"
    ),
    "sklearn.manifold.MDS": Randomness(_STATE, family="numpy"),
    "sklearn.manifold.SpectralEmbedding": Randomness(
        _STATE, -1, "eigen_solver", ("amg", "lobpcg"), None, "numpy"
    ),
    "sklearn.manifold.TSNE": Randomness(_STATE, family="numpy"),
    "sklearn.mixture.BayesianGaussianMixture": Randomness(_STATE, family="numpy"),
    "sklearn.mixture.GaussianMixture": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.GroupKFold": Randomness(_STATE, -1, "shuffle", (True,), False, "numpy"),
    "sklearn.model_selection.GroupShuffleSplit": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.HalvingGridSearchCV": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.HalvingRandomSearchCV": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.KFold": Randomness(_STATE, -1, "shuffle", (True,), False, "numpy"),
    "sklearn.model_selection.ParameterSampler": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.RandomizedSearchCV": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.RepeatedKFold": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.RepeatedStratifiedKFold": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.ShuffleSplit": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.StratifiedGroupKFold": Randomness(
        _STATE, -1, "shuffle", (True,), False, "numpy"
    ),
    "sklearn.model_selection.StratifiedKFold": Randomness(_STATE, -1, "shuffle", (True,), False, "numpy"),
    "sklearn.model_selection.StratifiedShuffleSplit": Randomness(_STATE, family="numpy"),
    "sklearn.model_selection.learning_curve": Randomness(_STATE, -1, "shuffle", (True,), False, "numpy"),
    "sklearn.model_selection.train_test_split": Randomness(_STATE, -1, "shuffle", (True,), True, "numpy"),
    "sklearn.multiclass.OutputCodeClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.multioutput.ClassifierChain": Randomness(_STATE, -1, "order", ("random",), None, "numpy"),
    "sklearn.multioutput.RegressorChain": Randomness(_STATE, -1, "order", ("random",), None, "numpy"),
    "sklearn.neural_network.BernoulliRBM": Randomness(_STATE, family="numpy"),
    "sklearn.neural_network.MLPClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.neural_network.MLPRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.random_projection.GaussianRandomProjection": Randomness(_STATE, family="numpy"),
    "sklearn.random_projection.SparseRandomProjection": Randomness(_STATE, family="numpy"),
    "sklearn.svm.LinearSVC": Randomness(_STATE, -1, "dual", (True,), "auto", "numpy"),
    "sklearn.svm.LinearSVR": Randomness(_STATE, -1, "dual", (True,), "auto", "numpy"),
    "sklearn.svm.NuSVC": Randomness(_STATE, -1, "probability", (True,), False, "numpy"),
    "sklearn.svm.SVC": Randomness(_STATE, -1, "probability", (True,), False, "numpy"),
    "sklearn.tree.DecisionTreeClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.tree.DecisionTreeRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.tree.ExtraTreeClassifier": Randomness(_STATE, family="numpy"),
    "sklearn.tree.ExtraTreeRegressor": Randomness(_STATE, family="numpy"),
    "sklearn.utils.resample": Randomness(_STATE, family="numpy"),
    "sklearn.utils.shuffle": Randomness(_STATE, family="numpy"),
    "skopt.BayesSearchCV": Randomness(_STATE, family="numpy"),
    "skopt.forest_minimize": Randomness(_STATE, family="numpy"),
    "skopt.gp_minimize": Randomness(_STATE, family="numpy"),
    "surprise.CoClustering": Randomness(_STATE, family="numpy"),
    "surprise.NMF": Randomness(_STATE, family="numpy"),
    "surprise.SVD": Randomness(_STATE, family="numpy"),
    "surprise.SVDpp": Randomness(_STATE, family="numpy"),
    "surprise.model_selection.KFold": Randomness(_STATE, -1, "shuffle", (True,), True, "numpy"),
    "surprise.model_selection.RandomizedSearchCV": Randomness(_STATE, family="numpy"),
    "surprise.model_selection.ShuffleSplit": Randomness(_STATE, family="numpy"),
    "surprise.model_selection.train_test_split": Randomness(_STATE, -1, "shuffle", (True,), True, "numpy"),
    "tensorflow.data.Dataset().shuffle": Randomness(("seed",), 1, family="tensorflow"),
    "torch.utils.data.RandomSampler": Randomness(("generator",), family="torch"),
    "torch.utils.data.SubsetRandomSampler": Randomness(("generator",), family="torch"),
    "torch.utils.data.WeightedRandomSampler": Randomness(("generator",), family="torch"),
    "torch.utils.data.random_split": Randomness(("generator",), 2, family="torch"),
    "tpot.TPOTClassifier": Randomness(_STATE, family="numpy"),
    "tpot.TPOTRegressor": Randomness(_STATE, family="numpy"),
    "umap.UMAP": Randomness(_STATE, family="numpy"),
}
