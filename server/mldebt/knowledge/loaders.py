"""Loaders that can run code from the file they read, and under which arguments.

Sources: the `pickle` manual's warning and what builds on it; torch 2.6 release
notes (weights_only became True); numpy 1.16.3 (allow_pickle became False);
keras 3 `load_model(safe_mode=True)`; PyYAML's manual: without a loader (before 6.0), or
with one that builds objects, which is a class and so the caller's question. `torch.jit.load` and safetensors run
nothing and are not here. Methods by bare name would guess, so there are none.
"""

from __future__ import annotations

from mldebt.knowledge.kinds import PathArg, UnsafeLoader

_FILE = PathArg(0, "file")
_FILENAME = PathArg(0, "filename")
_NOWHERE = PathArg(-1, "")
_STREAM = PathArg(0, "stream")

UNSAFE_LOADERS: dict[str, UnsafeLoader] = {
    "cloudpickle.load": UnsafeLoader(_FILE),
    "cloudpickle.loads": UnsafeLoader(_NOWHERE),
    "compress_pickle.load": UnsafeLoader(PathArg(0, "path")),
    "dill.load": UnsafeLoader(_FILE),
    "dill.load_module": UnsafeLoader(_FILENAME),
    "dill.load_session": UnsafeLoader(_FILENAME),
    "dill.loads": UnsafeLoader(_NOWHERE),
    "fastai.learner.load_learner": UnsafeLoader(PathArg(0, "fname")),
    "joblib.load": UnsafeLoader(_FILENAME),
    "jsonpickle.decode": UnsafeLoader(_NOWHERE),
    "keras.models.load_model": UnsafeLoader(PathArg(0, "filepath"), "safe_mode", False, True),
    "marshal.load": UnsafeLoader(_FILE),
    "marshal.loads": UnsafeLoader(_NOWHERE),
    "mlflow.pyfunc.load_model": UnsafeLoader(PathArg(0, "model_uri")),
    "mlflow.sklearn.load_model": UnsafeLoader(PathArg(0, "model_uri")),
    "numpy.load": UnsafeLoader(_FILE, "allow_pickle", True, False),
    "pandas.read_pickle": UnsafeLoader(PathArg(0, "filepath_or_buffer")),
    "pickle.Unpickler": UnsafeLoader(_FILE),
    "pickle.load": UnsafeLoader(_FILE),
    "pickle.loads": UnsafeLoader(_NOWHERE),
    "pickle5.load": UnsafeLoader(_FILE),
    "shelve.open": UnsafeLoader(_FILENAME),
    "skops.io.load": UnsafeLoader(_FILE, "trusted", True, None),
    "torch.load": UnsafeLoader(PathArg(0, "f"), "weights_only", False, False, "torch", (2, 6), True),
    "yaml.load": UnsafeLoader(_STREAM, "Loader", None, None),
    "yaml.load_all": UnsafeLoader(_STREAM, "Loader", None, None),
    "yaml.unsafe_load": UnsafeLoader(_STREAM),
    "yaml.unsafe_load_all": UnsafeLoader(_STREAM),
}
