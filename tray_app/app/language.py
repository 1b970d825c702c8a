"""The one joint where texts of core, engine and adapters get into the person's language.

Toasts' buttons and the page after signing in with a browser pass through it; windows translate
what they show themselves.
"""


def localised(text: str) -> str:
    """Say a text in the language of the windows."""
    return text
