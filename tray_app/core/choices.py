"""What a person chose until further notice, beside the settings: a pause, networks, cards."""

from dataclasses import dataclass, field, replace

from tray_app.core.pauses import Pause


@dataclass(frozen=True, slots=True)
class Choices:
    """`networks`: where uploads may go on although they cost; id to name (for the eye).

    `cards`: identity to name of each card that a person was asked about.
    """

    pause: Pause | None = None
    networks: dict[str, str] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)

    def allowing(self, network_id: str, name: str) -> "Choices":
        """Return them with this network allowed."""
        return replace(self, networks={**self.networks, network_id: name})

    def forgetting(self, network_id: str) -> "Choices":
        """Return them without this network."""
        rest = {key: name for key, name in self.networks.items() if key != network_id}
        return replace(self, networks=rest)

    def asked_about(self, identity: str, name: str) -> "Choices":
        """Return them with this card remembered."""
        return replace(self, cards={**self.cards, identity: name})
