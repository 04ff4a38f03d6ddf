"""Where an absolute path points: to a person's home, one machine's disk, a mount, a cloud notebook.

Patterns are matched at the start of a path whose backslashes are slashes; the
first that matches decides. `strong` ones are paths wherever they stand; the
others are also the words of web routes, and need a word around them that says path.
"""

from __future__ import annotations

import re

from mldebt.knowledge.kinds import words
from mldebt.text import regex
from mldebt.typed import Literal, NamedTuple

PlaceKind = Literal["home", "drive", "share", "disk", "mount", "temporary", "cloud", "tilde"]


class Place(NamedTuple):
    pattern: str
    kind: PlaceKind
    what: str
    """What it is, for the message; `{}` stands for the pattern's first group."""
    strong: bool = True
    platform: str = ""
    """The platform that promises this folder."""


PLACES: tuple[Place, ...] = (
    Place(r"(?:/(?:data|export|mnt/[a-z]|[a-z])\d*)?/(?:home|Users)/([^/()[\]*?^$|+<>\"]*)(?:/|$)", "home", "the home folder of {}"),
    Place(r"/(root)/", "home", "the home folder of {}"),
    Place(r"[A-Za-z]:/+(?:(?i:users)|Documents and Settings)/+([^/]*)(?:/|$)", "home", "the home folder of {}"),
    Place(r"[A-Za-z]:/+(?i:te?mp)(?:/|$)", "temporary", "a folder that anybody may empty at any time"),
    Place(r"([A-Za-z]):/+(?!(?i:windows|winnt)/)", "drive", "drive {}: of one Windows machine"),
    Place(r"//([\w.$-]{2,})/[\w$]", "share", "the network share {}"),
    Place(r"/(?:run/)?media/", "disk", "a disk plugged into one machine"),
    Place(r"/Volumes/", "disk", "a disk plugged into one Mac"),
    Place(r"/content/(?:g?drive|My ?Drive)(?:/|$)", "cloud", "one account's drive on Colab", True, "colab"),
    Place(r"/content/", "cloud", "a folder of a Colab machine", True, "colab"),
    Place(r"/gdrive/", "cloud", "one account's drive on Colab", True, "colab"),
    Place(r"/kaggle/", "cloud", "a folder of a Kaggle machine", True, "kaggle"),
    Place(r"/opt/ml/", "cloud", "a folder of a SageMaker container", True, "sagemaker"),
    Place(r"/dbfs/", "cloud", "a folder of a Databricks cluster", True, "databricks"),
    Place(r"/gcs/", "cloud", "a folder of a Vertex AI container", True, "vertex"),
    Place(r"/teamspace/", "cloud", "a folder of a Lightning studio", True, "lightning"),
    Place(r"/(?:private/)?(?:var/)?tmp/", "temporary", "a folder that all users share and the system empties"),
    Place(r"/mnt\w*(?:/|$)", "mount", "a mount of one machine or cluster"),
    Place(r"/(?:scratch|gpfs|lustre|nfs|efs|fsx|ceph|cephfs|beegfs|glusterfs|afs|nas|raid|ssd|hdd|nvme)[\w-]*(?:/|$)",
          "mount", "a mount of one machine or cluster"),
    Place(r"/datasets?\w*(?:/|$)", "mount", "a folder at the root of one machine", False),
    Place(r"/(?:data|disks?|vol|volumes?|storage|work|workspaces?|shared?|net|remote|cluster|projects?|checkpoints?|"
          r"export|scr|dss|home\d)\d*(?:/|$)", "mount", "a folder at the root of one machine", False),
    Place(r"/[\w-]+/(?:scratch|home|users|work|nobackup)\d*/", "mount", "a folder of one cluster", False),
    Place(r"~/(?!\.|Library/|AppData/)(?=[\w-]+[/.])", "tilde", "a layout of the home folder that others may not have"),
)  # fmt: skip

PLACE = regex("|".join(f"(?P<p{number}>{place.pattern})" for number, place in enumerate(PLACES)))

INSIDE_COMMAND = regex(
    r"(?:(?<=[\s=:'\"(,;])|^)(?:/(?:home|Users)/[\w.-]+/|[A-Za-z]:[\\/]Users[\\/])(?=[\w.~])"
)
"""A personal folder anywhere in a shell command."""

URI = regex(r"(?:file:(?://)?|sqlite:///)(?:/(?=[A-Za-z]:[\\/]))?")
"""What may stand before a path of this machine."""

NOBODY = words("""
    username user_name your_username your_user your-user yourname your_name yourusername your-username youruser
    somebody someone anyone nobody path to your usr uname myuser my_user me_user USER USERNAME xxx xxxx
""")
"""Names in `/home/<name>/` that stand for whoever reads them."""

ANYBODY = words("user users me you myself name foo bar foobar runner test admin")
"""Names that are as often made up as real; real where the path goes on as people's folders do."""

PERSONAL_FOLDER = regex(
    r"(?:^|/)(?:Desktop|Documents|Downloads|Dropbox|OneDrive|Google ?Drive|PycharmProjects|Projects?|projects?"
    r"|workspace|anaconda3|miniconda3|kaggle|datasets?|data|code|repos?|git|src|work|thesis)(?:/|$)",
    re.I,
)

PLACEHOLDER = regex(
    r"(?:^|[/_\- <])(?:path|full[_-]?path|absolute)[/_\- ]to(?:[/_\- ]|$)|your[_\- ]|<[\w -]+>|\.\.\.|/foo/bar|x{4}",
    re.I,
)
"""What documentation writes where a path belongs."""

PATTERN = regex(r"\(\?|\[\^|\\[wdsWDSb]|\.\*|\)\?|\$\)|\|")
"""What makes a text that starts with a slash a regular expression."""

DATA_SUFFIXES = words("""
    .arrow .avro .bin .bmp .ckpt .csv .dat .db .feather .gz .h5 .hdf5 .jpeg .jpg .joblib .json .jsonl .mat .mp4
    .nc .ndjson .npy .npz .onnx .orc .parquet .pb .pickle .pkl .png .pt .pth .safetensors .sav .sqlite .tar .tfrecord
    .tif .tiff .tsv .txt .vec .wav .xls .xlsx .xml .yaml .yml .zip
""")
"""Endings of files that hold data, models or settings."""

ROUTE_CALLS = words("""
    api_route add_api_route add_api_websocket_route add_resource add_route add_url_rule delete get get_json head
    include_router options patch path post put re_path redirect register_blueprint request route url url_for
    urljoin websocket APIRouter Blueprint RedirectResponse Mount Route send stream
""")
"""Last words of calls whose first string is a web route. `get` with a default is a look-up, not a route."""

ROUTE_WORDS = words("""
    api endpoint endpoints href http https prefix redirect route routes uri url urls
""")
"""Words in a variable's or keyword's name that say its string is a web route."""

LINK_WORDS = words("href url urls route routes endpoint redirect link")
"""The ones among them that no path on a disk is called by."""

MESSAGE_CALLS = words("""
    print debug info warning error exception critical log warn fatal echo secho fail skip skipif set_title title
    suptitle xlabel ylabel write_line markdown header subheader caption pprint
""")
"""Calls whose strings are read by people."""

MESSAGE_WORDS = words(
    "help description desc epilog usage metavar msg message title label doc reason hint example"
)
"""Keywords whose strings are read by people."""

PROBES = words("""
    exists isdir isfile is_dir is_file lexists ismount is_mount access
""")
"""Questions whether a path is there: they ask about the machine, they do not rely on it."""

COMPARING_METHODS = words("""
    startswith endswith replace split rsplit strip lstrip rstrip removeprefix removesuffix find rfind index
    partition rpartition count match search fullmatch sub findall compile contains
""")
"""String methods and functions of `re`, whose argument is a pattern rather than a place."""

IMAGE_CALLS = words("""
    workdir add_local_dir add_local_file copy_local_dir copy_local_file add_local_python_source run_commands
    ContainerOp V1VolumeMount VolumeMount V1Container DockerOperator KubernetesPodOperator BindMount mount
    from_registry dockerfile_commands put_archive
""")
"""Calls that describe a container image or what is mounted into it: their paths are the image's own."""

IMAGE_WORDS = words("""
    mount_path mountPath remote_path container_path container_workdir working_dir workdir bind mountpoint target_path
    remote_dir sandbox_home container_home
""")
"""Keywords of such calls."""

IMAGE_OWNERS = words("container docker sandbox pod modal")
"""Words in a callee's chain that mark such calls."""

COMMAND_CALLS = words("""
    system popen Popen run call check_call check_output getoutput getstatusoutput spawn shell sh exec_command
    runfile execute create_subprocess_shell
""")
"""Calls that run a shell command."""

PATH_WORDS = words("""
    path paths dir dirs directory folder folders root file files filename data dataset datasets ckpt checkpoint
    checkpoints cache log logs logdir output outputs save load store storage model models weights pretrained
    corpus images image img inputs csv embedding embeddings vec workdir src base basedir datadir savedir outdir
    open glob listdir chdir walk makedirs mkdir read write imread train test valid val
""")
"""Words in a variable's, keyword's, option's or callee's name that say its string is a path."""
