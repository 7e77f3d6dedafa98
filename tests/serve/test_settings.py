"""Settings come from the environment and a file, say where they came from, and name what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from microblog.settings import BadSetting, Settings, load, names, resembling, variable


def test_defaults_when_nothing_is_said() -> None:
    loaded = load({})
    assert loaded.settings == Settings()
    assert set(loaded.sources.values()) == {"default"}


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "microblog.toml"
    file.write_text('port = 1001\nhost = "0.0.0.0"\nworkers = 3\nproxies = ["10.0.0.0/8"]\n')
    environ = {"MICROBLOG_CONFIG": str(file), "MICROBLOG_PORT": "1002", "MICROBLOG_HOST": "127.0.0.2"}
    loaded = load(environ, {"port": 1003, "host": None})
    assert (loaded.settings.port, loaded.settings.host, loaded.settings.workers) == (1003, "127.0.0.2", 3)
    assert loaded.settings.proxies == ("10.0.0.0/8",)
    assert loaded.sources["port"] == "command line"
    assert loaded.sources["host"] == "environment"
    assert loaded.sources["workers"] == str(file)
    assert loaded.sources["data"] == "default"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "eighty"),
        ("port", "70000"),
        ("workers", "0"),
        ("database_url", "mysql://host/name"),
        ("database_url", "postgresql://host"),
        ("redis_url", "localhost:6379"),
        ("public_url", "microblog.example"),
        ("public_url", "https://microblog.example/path"),
        ("proxies", "10.0.0.300"),
        ("log_format", "xml"),
        ("data", ""),
    ],
)
def test_a_bad_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"^{variable(name)}: "):
        load({variable(name): value})


def test_a_bad_value_in_the_file_names_the_file_and_the_key(tmp_path: Path) -> None:
    file = tmp_path / "microblog.toml"
    file.write_text('port = "eighty"\n')
    with pytest.raises(BadSetting, match=rf"^{file}: port: "):
        load({"MICROBLOG_CONFIG": str(file)})


def test_an_unknown_key_in_the_file_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    file = tmp_path / "microblog.toml"
    file.write_text('redis_uri = "redis://localhost"\n')
    with pytest.raises(BadSetting, match=r"redis_uri is no setting. Did you mean redis_url\?"):
        load({"MICROBLOG_CONFIG": str(file)})


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe", None])
def test_a_file_that_can_not_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "microblog.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadSetting, match=f"^MICROBLOG_CONFIG: {file} "):
        load({"MICROBLOG_CONFIG": str(file)})


def test_a_variable_that_is_no_setting_is_noticed_and_does_no_harm() -> None:
    loaded = load({"MICROBLOG_REDIS_URI": "redis://localhost", "MICROBLOG_PORT": "80", "PATH": "/bin"})
    assert loaded.unknown == ("MICROBLOG_REDIS_URI",)
    assert resembling("MICROBLOG_REDIS_URI") == "MICROBLOG_REDIS_URL"
    assert resembling("MICROBLOG_SERVICE_PORT_HTTP") is None


def test_passwords_are_not_shown() -> None:
    loaded = load(
        {
            "MICROBLOG_DATABASE_URL": "postgresql://ada:lovelace@db.example/microblog",
            "MICROBLOG_REDIS_URL": "redis://:s3cret@cache.example:6379/0",
        }
    )
    shown = {name: value for name, value, _, _ in loaded.lines()}
    assert shown["MICROBLOG_DATABASE_URL"] == "postgresql://ada:…@db.example/microblog"
    assert shown["MICROBLOG_REDIS_URL"] == "redis://:…@cache.example:6379/0"


def test_every_setting_is_described_and_stands_in_the_operations_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    for name in names():
        assert load({}).sources[name] == "default"
        assert f"`{variable(name)}`" in page, variable(name)
    assert all(description for *_, description in load({}).lines())
