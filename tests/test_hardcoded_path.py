"""Which literals point into one machine, and which only look like it."""

from __future__ import annotations

import pytest

from examples import check, config_for
from mldebt.rule import HINT, INFORMATION, WARNING, Severity
from mldebt.rules.configuration.hardcoded_path import Options

CONFIG = config_for("hardcoded-path")

WARNINGS = [
    'x = load("/home/ann/churn")',
    'x = load("/home/ann/a.csv")',
    "x = load(b'/home/ann/a.csv')",
    'x = load(f"/home/{user}/a.csv")',
    'x = load("/home/%s/a.csv" % user)',
    'x = load("/home/{}/a.csv".format(user))',
    'x = load(r"C:\\Users\\User\\Desktop\\a.csv")',
    'x = load("C:/Users/me/Documents/Master of Science/in the end/a.csv")',
    'x = load(f"C:\\\\Users\\\\{user}\\\\a.csv")',
    'x = load("D:/scans")',
    'x = "D:\\\\" + name',
    'x = os.path.join("E:/", "scans", name)',
    'x = load("C:/Program Files/Tesseract-OCR/tesseract.exe")',
    'x = load("\\\\\\\\nas01\\\\scans\\\\a.csv")',
    'x = load("/media/ann/disk/a.csv")',
    'x = load("/Volumes/Backup/a.csv")',
    'x = load("/root/autodl-tmp/a.csv")',
    'x = load("/mnt/c/Users/ann/a.csv")',
    'x = load("/data/home/ann/a.csv")',
    'x = load("/home/user/Downloads/a.csv")',
    'sys.path.append("/home/ann")',
    'os.chdir("/home/ann")',
    'mlflow.set_tracking_uri("file:///home/ann/mlruns")',
    'url = "sqlite:////home/ann/mlflow.db"',
    'url = "sqlite:///C:/Users/ann/mlflow.db"',
    'subprocess.run("python /home/ann/train.py --epochs 3", shell=True)',
    'subprocess.run(["train", "--data=/home/ann/data"])',
    'print(open("/home/ann/a.csv").read())',
    'parser.add_argument("--out", default="/home/ann/out")',
    'if folder.startswith("/home/ann/churn"): pass',
    "class A:\n    root: str = '/home/ann/x'",
    "def f(path='/home/ann/x'): pass",
]

MILDER = [
    ('x = load("/mnt/big/a.csv")', INFORMATION),
    ('x = load("/scratch/proj_17/a.csv")', INFORMATION),
    ('x = load("/gpfs/u/a.csv")', INFORMATION),
    ('x = load("/fmi/scratch/project_2/a.csv")', INFORMATION),
    ('data_dir = "/data"', INFORMATION),
    ('x = ImageFolder("/data/imagenet/train")', INFORMATION),
    ('paths = ["/data/a", "/data/b"][:1]', INFORMATION),
    ('parser.add_argument("--data-dir", default="/datasets01/imagenet/")', INFORMATION),
    ('x = load("/content/drive/MyDrive/a.csv")', INFORMATION),
    ('x = load("/kaggle/input/titanic/train.csv")', INFORMATION),
    ('x = load("/tmp/churn/a.csv")', HINT),
    ('x = load(f"/mnt/{disk}/a.csv")', INFORMATION),
    ('x = load("~/churn/data/a.csv")', HINT),
    ('x = os.environ.get("ROOT", "/home/ann/churn")', HINT),
    ('x = os.getenv("ROOT") or "/home/ann/churn"', HINT),
]

SILENT = [
    # routes
    '@app.get("/home/items")\ndef f(): pass',
    '@router.post("/data/items")\ndef f(): pass',
    'client.post("/data/items")',
    'requests.get("/home/items")',
    'app.add_api_route("/data/items", items)',
    'url = "/home/settings"',
    'data_url = "/data/items"',
    'app.mount("/data", files)',
    'redirect("/home/ann")',
    # ends of longer paths
    'x = load(folder + "/data/a.csv")',
    'x = load(f"{folder}/home/ann/a.csv")',
    'x = os.path.join(folder, "/data/a.csv")',
    # the system's own
    'open("/proc/cpuinfo")',
    'open("/etc/hosts")',
    'open("/usr/share/dict/words")',
    'open("/dev/null", "w")',
    'font = "C:/Windows/Fonts/arial.ttf"',
    'with device("/gpu:0"): pass',
    # questions and comparisons
    'if os.path.exists("/mnt/cache"): pass',
    'if Path("/workspace").is_dir(): pass',
    'if "/kaggle/input" in folders: pass',
    'if folder.startswith("/mnt/"): pass',
    # people's words
    'print("/home/ann/a.csv is missing")',
    'log.info("/home/ann/a.csv")',
    'parser.add_argument("--out", help="/home/ann/out")',
    'raise ValueError("/mnt/big/a.csv")',
    'x = "Reads /home/ann/a.csv"',
    # placeholders
    'x = load("/path/to/data.csv")',
    'x = load("/home/username/data.csv")',
    'x = load("/home/user/app.py")',
    'x = load("/data/your_file.csv")',
    'x = load("C:/Users/<name>/a.csv")',
    # caches that every home has
    'x = load("~/.cache/churn/a.csv")',
    # images
    'image.workdir("/root/app")',
    'V1VolumeMount(mount_path="/mnt/data/x")',
    'sandbox.write_text("/home/ann/a.py", text)',
    'drive.mount("/content/drive")',
    # patterns
    're.compile(r"/home/([^/]*)/")',
    'x = re.sub(r"\\\\xa0", " ", text)',
    'x = "/mnt/(?:a|b)/"',
    # others
    'x = "https://home/ann/a.csv"',
    'x = load("data/a.csv")',
    'x = load("../data/a.csv")',
    'x = "C:/"',
    '"""/home/ann/a.csv"""',
    "x = 1  # /home/ann/a.csv",
]


def severities(code: str, name: str = "train.py", options: Options | None = None) -> list[Severity | None]:
    config = CONFIG
    if options is not None:
        config = config_for("hardcoded-path", options={"hardcoded-path": options})
    findings, _ = check({name: "import pandas\n\n" + code + "\n"}, config)
    return [finding.severity for finding in findings]


@pytest.mark.parametrize("code", WARNINGS)
def test_one_persons_place_is_a_warning(code: str) -> None:
    assert severities(code) == [WARNING]


@pytest.mark.parametrize(("code", "severity"), MILDER)
def test_a_machines_place_is_milder(code: str, severity: Severity) -> None:
    assert severities(code)[:1] == [severity]


@pytest.mark.parametrize("code", SILENT)
def test_what_only_looks_like_it_is_silent(code: str) -> None:
    assert severities(code) == []


def test_outside_ml_code_it_is_milder() -> None:
    findings, _ = check({"util.py": 'x = open("/home/ann/a.csv")\n'}, CONFIG)
    assert [finding.severity for finding in findings] == [INFORMATION]


def test_in_tests_only_what_is_used_is_told() -> None:
    assert severities('x = open("/home/ann/a.csv")', "tests/test_a.py") == [HINT]
    assert severities('assert clean("/home/ann/a.csv") == "/home/ann"', "tests/test_a.py") == []
    assert severities('x = open("/mnt/big/a.csv")', "tests/test_a.py") == []


def test_the_same_path_is_one_finding_a_file() -> None:
    findings, _ = check(
        {"a.py": 'import pandas\n\nx = load("/mnt/b/a")\ny = load("/mnt/b/a")\nz = load("/mnt/b/c")\n'},
        CONFIG,
    )
    assert [(finding.span.start, len(finding.related)) for finding in findings] == [(24, 1), (66, 0)]


def test_options() -> None:
    kaggle = 'x = load("/kaggle/input/titanic/train.csv")'
    assert severities(kaggle, options=Options(platforms=frozenset({"kaggle"}))) == []
    assert severities('x = load("/mnt/big/a.csv")', options=Options(allow=("/mnt/big/",))) == []
    assert severities('x = load("/projappl/a.csv")', options=Options(also=("/projappl/",))) == [INFORMATION]


def test_broken_code_gives_fewer_findings_never_an_exception() -> None:
    assert severities('x = load("/home/ann/a.csv"\ny = = 3\nz = load("/home/ann/b.csv")') in ([], [WARNING])
