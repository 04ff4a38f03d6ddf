"""imbalanced-learn 0.14.2, category_encoders 2.11.2 and feature_engine 1.9.4, read from the installed packages
by inspect.signature, 2025-11."""

from __future__ import annotations

FEATURES: dict[str, str] = {
    "category_encoders.BackwardDifferenceEncoder": (
        "verbose=0, cols=None, mapping=None, drop_invariant=False, return_df=True, "
        "handle_unknown='value', handle_missing='value', min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.BaseNEncoder": (
        "verbose=0, cols=None, mapping=None, drop_invariant=False, return_df=True, base=2, "
        "handle_unknown='value', handle_missing='value', min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.BinaryEncoder": (
        "verbose=0, cols=None, mapping=None, drop_invariant=False, return_df=True, *, base=2, "
        "handle_unknown='value', handle_missing='value', min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.CatBoostEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_unknown='value', "
        "handle_missing='value', random_state=None, sigma=None, a=1, min_group_size=None, "
        "min_group_name=None, combine_min_nan_groups=None, composite_cols=None, keep_components=False"
    ),
    "category_encoders.CountEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_unknown='value', "
        "handle_missing='value', min_group_size=None, combine_min_nan_groups=None, "
        "min_group_name=None, normalize=False"
    ),
    "category_encoders.CountTargetEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_missing='value', "
        "handle_unknown='value', min_samples_leaf=20, smoothing=10"
    ),
    "category_encoders.GLMMEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_unknown='value', "
        "handle_missing='value', random_state=None, randomized=False, sigma=0.05, "
        "binomial_target=None, min_group_size=None, min_group_name=None, combine_min_nan_groups=None, "
        "composite_cols=None, keep_components=False"
    ),
    "category_encoders.GrayEncoder": (
        "verbose=0, cols=None, mapping=None, drop_invariant=False, return_df=True, *, base=2, "
        "handle_unknown='value', handle_missing='value', min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.HashingEncoder": (
        "max_process=0, max_sample=0, verbose=0, n_components=8, cols=None, drop_invariant=False, "
        "return_df=True, hash_method='md5', process_creation_method='fork', min_group_size=None, "
        "min_group_name=None, combine_min_nan_groups=None"
    ),
    "category_encoders.HelmertEncoder": (
        "verbose=0, cols=None, mapping=None, drop_invariant=False, return_df=True, "
        "handle_unknown='value', handle_missing='value', min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.JamesSteinEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_unknown='value', "
        "handle_missing='value', model='independent', random_state=None, randomized=False, sigma=0.05, "
        "min_group_size=None, min_group_name=None, combine_min_nan_groups=None, composite_cols=None, "
        "keep_components=False"
    ),
    "category_encoders.LeaveOneOutEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_unknown='value', "
        "handle_missing='value', random_state=None, sigma=None, min_group_size=None, "
        "min_group_name=None, combine_min_nan_groups=None, composite_cols=None, keep_components=False"
    ),
    "category_encoders.MEstimateEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_unknown='value', "
        "handle_missing='value', random_state=None, randomized=False, sigma=0.05, m=1.0, "
        "min_group_size=None, min_group_name=None, combine_min_nan_groups=None, composite_cols=None, "
        "keep_components=False"
    ),
    "category_encoders.MultiHotEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_unknown='value', "
        "handle_missing='value', delimiter='|', use_cat_names=False"
    ),
    "category_encoders.OneHotEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_missing='value', "
        "handle_unknown='value', use_cat_names=False, min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.OrdinalEncoder": (
        "verbose=0, mapping=None, cols=None, drop_invariant=False, return_df=True, "
        "handle_unknown='value', handle_missing='value', index_start=1, min_group_size=None, "
        "min_group_name=None, combine_min_nan_groups=None"
    ),
    "category_encoders.PolynomialEncoder": (
        "verbose=0, cols=None, mapping=None, drop_invariant=False, return_df=True, "
        "handle_unknown='value', handle_missing='value', min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.QuantileEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_missing='value', "
        "handle_unknown='value', quantile=0.5, m=1.0, min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None, composite_cols=None, keep_components=False"
    ),
    "category_encoders.RankHotEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_missing='value', "
        "handle_unknown='value', use_cat_names=False, min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.SumEncoder": (
        "verbose=0, cols=None, mapping=None, drop_invariant=False, return_df=True, "
        "handle_unknown='value', handle_missing='value', min_group_size=None, min_group_name=None, "
        "combine_min_nan_groups=None"
    ),
    "category_encoders.SummaryEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_missing='value', "
        "handle_unknown='value', quantiles=(0.25, 0.75), m=1.0"
    ),
    "category_encoders.TargetEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_missing='value', "
        "handle_unknown='value', min_samples_leaf=20, smoothing=10, hierarchy=None, "
        "min_group_size=None, min_group_name=None, combine_min_nan_groups=None, composite_cols=None, "
        "keep_components=False"
    ),
    "category_encoders.WOEEncoder": (
        "verbose=0, cols=None, drop_invariant=False, return_df=True, handle_unknown='value', "
        "handle_missing='value', random_state=None, randomized=False, sigma=0.05, regularization=1.0, "
        "min_group_size=None, min_group_name=None, combine_min_nan_groups=None, composite_cols=None, "
        "keep_components=False"
    ),
    "feature_engine.creation.CyclicalFeatures": "variables=None, max_values=None, drop_original=False",
    "feature_engine.creation.DecisionTreeFeatures": (
        "variables=None, features_to_combine=None, precision=None, cv=3, "
        "scoring='neg_mean_squared_error', param_grid=None, regression=True, random_state=0, "
        "missing_values='raise', drop_original=False"
    ),
    "feature_engine.creation.GeoDistanceFeatures": (
        "lat1, lon1, lat2, lon2, method='haversine', output_unit='km', output_col='geo_distance', "
        "drop_original=False, validate_ranges=True"
    ),
    "feature_engine.creation.MathFeatures": (
        "variables, func, new_variables_names=None, missing_values='raise', drop_original=False"
    ),
    "feature_engine.creation.RelativeFeatures": (
        "variables, reference, func, fill_value=None, missing_values='ignore', drop_original=False"
    ),
    "feature_engine.datetime.DatetimeFeatures": (
        "variables=None, features_to_extract=None, drop_original=True, missing_values='raise', "
        "dayfirst=False, yearfirst=False, utc=None, format=None"
    ),
    "feature_engine.datetime.DatetimeOrdinal": (
        "variables=None, missing_values='raise', start_date=None, drop_original=True"
    ),
    "feature_engine.datetime.DatetimeSubtraction": (
        "variables=None, reference=None, new_variables_names=None, output_unit='D', "
        "missing_values='ignore', drop_original=False, dayfirst=False, yearfirst=False, utc=None, "
        "format=None"
    ),
    "feature_engine.discretisation.ArbitraryDiscretiser": (
        "binning_dict, return_object=False, return_boundaries=False, precision=3, errors='ignore'"
    ),
    "feature_engine.discretisation.DecisionTreeDiscretiser": (
        "variables=None, bin_output='prediction', precision=None, cv=3, "
        "scoring='neg_mean_squared_error', param_grid=None, regression=True, random_state=None"
    ),
    "feature_engine.discretisation.EqualFrequencyDiscretiser": (
        "variables=None, q=10, return_object=False, return_boundaries=False, precision=3"
    ),
    "feature_engine.discretisation.EqualWidthDiscretiser": (
        "variables=None, bins=10, return_object=False, return_boundaries=False, precision=3"
    ),
    "feature_engine.discretisation.GeometricWidthDiscretiser": (
        "variables=None, bins=10, return_object=False, return_boundaries=False, precision=7"
    ),
    "feature_engine.encoding.CountFrequencyEncoder": (
        "encoding_method='count', variables=None, missing_values='raise', ignore_format=False, "
        "unseen='ignore'"
    ),
    "feature_engine.encoding.DecisionTreeEncoder": (
        "encoding_method='arbitrary', cv=3, scoring='neg_mean_squared_error', param_grid=None, "
        "regression=True, random_state=None, variables=None, ignore_format=False, precision=None, "
        "unseen='ignore', fill_value=None"
    ),
    "feature_engine.encoding.MeanEncoder": (
        "variables=None, missing_values='raise', ignore_format=False, unseen='ignore', smoothing=0.0"
    ),
    "feature_engine.encoding.OneHotEncoder": (
        "top_categories=None, drop_last=False, drop_last_binary=False, variables=None, ignore_format=False"
    ),
    "feature_engine.encoding.OrdinalEncoder": (
        "encoding_method='ordered', variables=None, missing_values='raise', ignore_format=False, "
        "unseen='ignore'"
    ),
    "feature_engine.encoding.RareLabelEncoder": (
        "tol=0.05, n_categories=10, max_n_categories=None, replace_with='Rare', variables=None, "
        "missing_values='raise', ignore_format=False"
    ),
    "feature_engine.encoding.StringSimilarityEncoder": (
        "top_categories=None, keywords=None, missing_values='impute', variables=None, ignore_format=False"
    ),
    "feature_engine.encoding.WoEEncoder": (
        "variables=None, ignore_format=False, unseen='ignore', fill_value=None"
    ),
    "feature_engine.imputation.AddMissingIndicator": "missing_only=True, variables=None",
    "feature_engine.imputation.ArbitraryNumberImputer": (
        "arbitrary_number=999, variables=None, imputer_dict=None"
    ),
    "feature_engine.imputation.CategoricalImputer": (
        "imputation_method='missing', fill_value='Missing', variables=None, return_object=False, "
        "ignore_format=False"
    ),
    "feature_engine.imputation.DropMissingData": "missing_only=True, threshold=None, variables=None",
    "feature_engine.imputation.EndTailImputer": (
        "imputation_method='gaussian', tail='right', fold=3, variables=None"
    ),
    "feature_engine.imputation.MeanMedianImputer": "imputation_method='median', variables=None",
    "feature_engine.imputation.RandomSampleImputer": (
        "variables=None, random_state=None, seed='general', seeding_method='add'"
    ),
    "feature_engine.outliers.ArbitraryOutlierCapper": (
        "max_capping_dict=None, min_capping_dict=None, missing_values='raise'"
    ),
    "feature_engine.outliers.OutlierTrimmer": (
        "capping_method='gaussian', tail='right', fold='auto', variables=None, missing_values='raise'"
    ),
    "feature_engine.outliers.Winsorizer": (
        "capping_method='gaussian', tail='right', fold='auto', add_indicators=False, variables=None, "
        "missing_values='raise'"
    ),
    "feature_engine.preprocessing.MatchCategories": (
        "variables=None, ignore_format=False, missing_values='raise'"
    ),
    "feature_engine.preprocessing.MatchVariables": (
        "fill_value=nan, missing_values='raise', match_dtypes=False, verbose=True"
    ),
    "feature_engine.scaling.MeanNormalizationScaler": "variables=None",
    "feature_engine.selection.DropConstantFeatures": (
        "variables=None, tol=1, missing_values='raise', confirm_variables=False"
    ),
    "feature_engine.selection.DropCorrelatedFeatures": (
        "variables=None, method='pearson', threshold=0.8, missing_values='ignore', confirm_variables=False"
    ),
    "feature_engine.selection.DropDuplicateFeatures": (
        "variables=None, missing_values='ignore', confirm_variables=False"
    ),
    "feature_engine.selection.DropFeatures": "features_to_drop",
    "feature_engine.selection.DropHighPSIFeatures": (
        "split_col=None, split_frac=0.5, split_distinct=False, cut_off=None, switch=False, "
        "threshold=0.25, bins=10, strategy='equal_frequency', min_pct_empty_bins=0.0001, "
        "missing_values='raise', variables=None, confirm_variables=False, p_value=0.001"
    ),
    "feature_engine.selection.MRMR": (
        "variables=None, method='MIQ', max_features=None, discrete_features='auto', n_neighbors=3, "
        "scoring='roc_auc', cv=3, param_grid=None, regression=False, confirm_variables=False, "
        "random_state=None, n_jobs=None"
    ),
    "feature_engine.selection.ProbeFeatureSelection": (
        "estimator, variables=None, collective=True, scoring='roc_auc', n_probes=1, "
        "distribution='normal', n_categories=10, threshold='mean', cv=5, groups=None, random_state=0, "
        "confirm_variables=False"
    ),
    "feature_engine.selection.RecursiveFeatureAddition": (
        "estimator, scoring='roc_auc', cv=3, groups=None, threshold=0.01, variables=None, "
        "confirm_variables=False"
    ),
    "feature_engine.selection.RecursiveFeatureElimination": (
        "estimator, scoring='roc_auc', cv=3, groups=None, threshold=0.01, variables=None, "
        "confirm_variables=False"
    ),
    "feature_engine.selection.SelectByInformationValue": (
        "variables=None, bins=5, strategy='equal_width', threshold=0.2, confirm_variables=False"
    ),
    "feature_engine.selection.SelectByShuffling": (
        "estimator, scoring='roc_auc', cv=3, threshold=None, variables=None, random_state=None, "
        "confirm_variables=False"
    ),
    "feature_engine.selection.SelectBySingleFeaturePerformance": (
        "estimator, scoring='roc_auc', cv=3, groups=None, threshold=None, variables=None, "
        "confirm_variables=False"
    ),
    "feature_engine.selection.SelectByTargetMeanPerformance": (
        "variables=None, bins=5, strategy='equal_width', scoring='roc_auc', cv=3, groups=None, "
        "threshold=None, regression=False, confirm_variables=False"
    ),
    "feature_engine.selection.SmartCorrelatedSelection": (
        "variables=None, method='pearson', threshold=0.8, missing_values='ignore', "
        "selection_method='missing_values', estimator=None, scoring='roc_auc', cv=3, groups=None, "
        "confirm_variables=False"
    ),
    "feature_engine.text.TextFeatures": (
        "variables, features=None, missing_values='ignore', drop_original=False"
    ),
    "feature_engine.timeseries.forecasting.ExpandingWindowFeatures": (
        "variables=None, min_periods=None, functions='mean', periods=1, freq=None, sort_index=True, "
        "missing_values='raise', drop_original=False, drop_na=False"
    ),
    "feature_engine.timeseries.forecasting.LagFeatures": (
        "variables=None, periods=1, freq=None, fill_value=None, sort_index=True, "
        "missing_values='raise', drop_original=False, drop_na=False"
    ),
    "feature_engine.timeseries.forecasting.WindowFeatures": (
        "variables=None, window=3, min_periods=None, functions='mean', periods=1, freq=None, "
        "sort_index=True, missing_values='raise', drop_original=False, drop_na=False"
    ),
    "feature_engine.transformation.ArcSinhTransformer": "variables=None, loc=0.0, scale=1.0",
    "feature_engine.transformation.ArcsinTransformer": "variables=None",
    "feature_engine.transformation.BoxCoxTransformer": "variables=None",
    "feature_engine.transformation.LogCpTransformer": "variables=None, base='e', C='auto'",
    "feature_engine.transformation.LogTransformer": "variables=None, base='e'",
    "feature_engine.transformation.PowerTransformer": "variables=None, exp=0.5",
    "feature_engine.transformation.ReciprocalTransformer": "variables=None",
    "feature_engine.transformation.YeoJohnsonTransformer": "variables=None",
    "feature_engine.wrappers.SklearnTransformerWrapper": "transformer, variables=None",
    "imblearn.combine.SMOTEENN": (
        "*, sampling_strategy='auto', random_state=None, smote=None, enn=None, n_jobs=None"
    ),
    "imblearn.combine.SMOTETomek": (
        "*, sampling_strategy='auto', random_state=None, smote=None, tomek=None, n_jobs=None"
    ),
    "imblearn.ensemble.BalancedBaggingClassifier": (
        "estimator=None, n_estimators=10, *, max_samples=1.0, max_features=1.0, bootstrap=True, "
        "bootstrap_features=False, oob_score=False, warm_start=False, sampling_strategy='auto', "
        "replacement=False, n_jobs=None, random_state=None, verbose=0, sampler=None"
    ),
    "imblearn.ensemble.BalancedRandomForestClassifier": (
        "n_estimators=100, *, criterion='gini', max_depth=None, min_samples_split=2, "
        "min_samples_leaf=1, min_weight_fraction_leaf=0.0, max_features='sqrt', max_leaf_nodes=None, "
        "min_impurity_decrease=0.0, bootstrap=False, oob_score=False, sampling_strategy='all', "
        "replacement=True, n_jobs=None, random_state=None, verbose=0, warm_start=False, "
        "class_weight=None, ccp_alpha=0.0, max_samples=None, monotonic_cst=None"
    ),
    "imblearn.ensemble.EasyEnsembleClassifier": (
        "n_estimators=10, estimator=None, *, warm_start=False, sampling_strategy='auto', "
        "replacement=False, n_jobs=None, random_state=None, verbose=0"
    ),
    "imblearn.ensemble.RUSBoostClassifier": (
        "estimator=None, *, n_estimators=50, learning_rate=1.0, algorithm='deprecated', "
        "sampling_strategy='auto', replacement=False, random_state=None"
    ),
    "imblearn.over_sampling.ADASYN": "*, sampling_strategy='auto', random_state=None, n_neighbors=5",
    "imblearn.over_sampling.BorderlineSMOTE": (
        "*, sampling_strategy='auto', random_state=None, k_neighbors=5, m_neighbors=10, kind='borderline-1'"
    ),
    "imblearn.over_sampling.KMeansSMOTE": (
        "*, sampling_strategy='auto', random_state=None, k_neighbors=2, n_jobs=None, "
        "kmeans_estimator=None, cluster_balance_threshold='auto', density_exponent='auto'"
    ),
    "imblearn.over_sampling.RandomOverSampler": (
        "*, sampling_strategy='auto', random_state=None, shrinkage=None"
    ),
    "imblearn.over_sampling.SMOTE": "*, sampling_strategy='auto', random_state=None, k_neighbors=5",
    "imblearn.over_sampling.SMOTEN": (
        "categorical_encoder=None, *, sampling_strategy='auto', random_state=None, k_neighbors=5"
    ),
    "imblearn.over_sampling.SMOTENC": (
        "categorical_features, *, categorical_encoder=None, sampling_strategy='auto', "
        "random_state=None, k_neighbors=5"
    ),
    "imblearn.over_sampling.SVMSMOTE": (
        "*, sampling_strategy='auto', random_state=None, k_neighbors=5, m_neighbors=10, "
        "svm_estimator=None, out_step=0.5"
    ),
    "imblearn.under_sampling.AllKNN": (
        "*, sampling_strategy='auto', n_neighbors=3, kind_sel='all', allow_minority=False, n_jobs=None"
    ),
    "imblearn.under_sampling.ClusterCentroids": (
        "*, sampling_strategy='auto', random_state=None, estimator=None, voting='auto'"
    ),
    "imblearn.under_sampling.CondensedNearestNeighbour": (
        "*, sampling_strategy='auto', random_state=None, n_neighbors=None, n_seeds_S=1, n_jobs=None"
    ),
    "imblearn.under_sampling.EditedNearestNeighbours": (
        "*, sampling_strategy='auto', n_neighbors=3, kind_sel='all', n_jobs=None"
    ),
    "imblearn.under_sampling.InstanceHardnessThreshold": (
        "*, estimator=None, sampling_strategy='auto', random_state=None, cv=5, n_jobs=None"
    ),
    "imblearn.under_sampling.NearMiss": (
        "*, sampling_strategy='auto', version=1, n_neighbors=3, n_neighbors_ver3=3, n_jobs=None"
    ),
    "imblearn.under_sampling.NeighbourhoodCleaningRule": (
        "*, sampling_strategy='auto', edited_nearest_neighbours=None, n_neighbors=3, "
        "threshold_cleaning=0.5, n_jobs=None"
    ),
    "imblearn.under_sampling.OneSidedSelection": (
        "*, sampling_strategy='auto', random_state=None, n_neighbors=None, n_seeds_S=1, n_jobs=None"
    ),
    "imblearn.under_sampling.RandomUnderSampler": (
        "*, sampling_strategy='auto', random_state=None, replacement=False"
    ),
    "imblearn.under_sampling.RepeatedEditedNearestNeighbours": (
        "*, sampling_strategy='auto', n_neighbors=3, max_iter=100, kind_sel='all', n_jobs=None"
    ),
    "imblearn.under_sampling.TomekLinks": "*, sampling_strategy='auto', n_jobs=None",
}
