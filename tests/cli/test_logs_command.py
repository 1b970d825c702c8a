import signal
import subprocess


def test_the_log_is_shown_oldest_first_and_followed(run, site):
    assert run("logs").out == ""
    run("login", site.url, "--email", "me@example.org", stdin="right horse\n")
    assert "Signed in at" in run("logs").out
    log = run.home / "logs" / "immich-tray.log"
    log.with_name("immich-tray.log.1").write_text("older\n")
    with subprocess.Popen(
        run.command("logs", "--follow"),
        env=run.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as following:
        assert following.stdout.readline() == "older\n"
        assert "Signed in at" in following.stdout.readline()
        with log.open("a") as file:
            file.write("newer\n")
        assert following.stdout.readline() == "newer\n"
        following.send_signal(signal.SIGINT)
        assert following.wait(10) == 1
        assert following.stderr.read() == "Stopped.\n"
