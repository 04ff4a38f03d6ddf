"""Import names of ML and data libraries: a file that imports one of them is ML code.

Import names, not distribution names (`sklearn`, not `scikit-learn`). Plotting
and notebooks alone do not make a file ML code, so matplotlib is not here.
"""

from __future__ import annotations

from mldebt.knowledge.kinds import words

ML_ROOTS: frozenset[str] = words(
    """
    accelerate aeon ai_edge_torch aif360 aim albumentations alibi alibi_detect allennlp anomalib arch
    augly autofeat autogluon autokeras autosklearn
    bentoml bertopic bitsandbytes botorch boruta
    captum catalyst catboost category_encoders causalml cleanlab clearml clip comet_ml composer coremltools
    cudf cuml cupy
    darts dask dask_cudf dask_ml datasets dalex deepchecks deepspeed detectron2 dgl diffusers dvclive
    econml eli5 ensemble_boxes evaluate evidently explainerdashboard
    fairlearn fairseq faiss fasttext fastai fastcore feast feature_engine featuretools flair flaml flax
    flwr fvcore
    gensim gluonnlp gluonts gpytorch great_expectations gym gymnasium
    h2o haiku hmmlearn holidays hpbandster hyperopt
    ignite imblearn imgaug imodels implicit interpret
    jax jaxlib
    keras keras_core keras_cv keras_hub keras_nlp keras_tuner kerastuner kornia kymatio
    lazypredict librosa lifelines lightfm lightgbm lightly lightning lightning_fabric lime lofo
    mapie medcat mlflow mlxtend mmcv mmdet mmengine mmseg modelscope modin monai mxnet
    nannyml neptune neuralforecast nevergrad ngboost nltk numpy numpyro
    onnx onnxruntime open_clip openvino optax optimum optuna orbax
    pandas pandas_profiling pandera paddle peft pettingzoo pmdarima polars prophet pycaret pyclustering
    pymc pymc3 pyod pyro pyspark pystan pytorch_forecasting pytorch_lightning pytorch_metric_learning
    pytorch_tabnet pytorch_transformers
    raytune recbole rfpimp river rtdl
    sacrebleu scikitplot scipy sdv segmentation_models_pytorch sentence_transformers seqeval setfit shap
    simpletransformers skbio skimage sklearn sklearn_crfsuite sklearn_pandas sklearnex skopt skorch sktime
    snorkel spacy stable_baselines3 stanza statsforecast statsmodels stumpy surprise
    tabpfn tensorboardX tensorflow tensorflow_addons tensorflow_datasets tensorflow_hub
    tensorflow_probability tensorforce tensorlayer tensorly textblob tf_keras tf_slim tflearn theano
    thinc thop tianshou timm tokenizers torch torch_geometric torchaudio torchdata torchmetrics torchtext
    torchvision tpot transformers treelite trl tsfresh tslearn
    ultralytics umap unsloth
    vaex vllm vowpalwabbit
    wandb whylogs
    xformers xgboost xlearn
    yellowbrick ydata_profiling
    zenml
    """
)

DATA_ROOTS: frozenset[str] = frozenset({"numpy", "scipy"})
"""Numeric libraries that ML code and much other code use; part of ML_ROOTS, but
a rule may ask for more than them."""

TRAINING_ROOTS: frozenset[str] = words(
    """
    accelerate autogluon catboost cuml fastai flax haiku imblearn jax keras keras_core lightgbm lightning
    mxnet ngboost optax paddle peft pycaret pyod pytorch_lightning pytorch_tabnet sentence_transformers
    setfit simpletransformers sklearn sklearnex skorch sktime stable_baselines3 statsmodels surprise tabpfn
    tensorflow tf_keras timm torch torch_geometric tpot transformers trl ultralytics xgboost
    """
)
"""Libraries one trains models with."""
