"""Commands that write down what was asked."""


class Recorder:
    def __init__(self):
        self.asked = []

    def back_up_now(self) -> None:
        self.asked.append("back up now")

    def back_up_paths(self, paths) -> None:
        self.asked.append(f"back up {' '.join(paths)}")

    def cancel(self) -> None:
        self.asked.append("cancel")

    def pause(self, minutes: int | None) -> None:
        self.asked.append(f"pause {minutes}")

    def resume(self) -> None:
        self.asked.append("resume")

    def upload_anyway(self) -> None:
        self.asked.append("upload anyway")

    def open_immich(self) -> None:
        self.asked.append("open immich")

    def quit(self) -> None:
        self.asked.append("quit")
