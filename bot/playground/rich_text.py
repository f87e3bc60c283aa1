"""Shape of rich_text blocks: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from bot.playground.shapes import Check, by_type, instance, items, number, shape, string, word

BOOL = instance(bool)
ID = string(255)
# No limit of its own is documented for a run of text; the limit of the whole message holds (limits.py).
LONG = string(40_000)
MARKS = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
STYLE = shape({}, dict.fromkeys(MARKS, BOOL))
STYLED = {"style": STYLE}
PARTS: dict[str, Check] = {
    "text": shape({"text": LONG}, STYLED),
    "link": shape({"url": string(3000)}, {**STYLED, "text": LONG, "unsafe": BOOL}),
    "emoji": shape({"name": string(255)}, {**STYLED, "unicode": string(100), "skin_tone": number(1, 6)}),
    "user": shape({"user_id": ID}, STYLED),
    "usergroup": shape({"usergroup_id": ID}, STYLED),
    "channel": shape({"channel_id": ID}, STYLED),
    "broadcast": shape({"range": word("here", "channel", "everyone")}, STYLED),
    "color": shape({"value": string(20)}, STYLED),
    "date": shape({"timestamp": instance(int), "format": string(500)},
                  {**STYLED, "url": string(3000), "fallback": string(500)}),
    # Documented for agents, its fields only by example: anything is let through.
    "citation": lambda value, path, errors: None,
}  # fmt: skip
MOST_PARTS = 1000
RUN = items(by_type(PARTS), MOST_PARTS, least=0)
BORDER = {"border": number(0, 1)}
SECTION = shape({"elements": RUN})
RICH_TEXT_ELEMENTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_quote": shape({"elements": RUN}, BORDER),
    "rich_text_preformatted": shape({"elements": RUN}, {**BORDER, "language": string(50)}),
    "rich_text_list": shape(
        {"elements": items(by_type({"rich_text_section": SECTION}), MOST_PARTS), "style": word("bullet", "ordered")},
        {**BORDER, "indent": number(0, 8), "offset": number(0, 10_000)},
    ),
}
RICH_TEXT = shape({"elements": items(by_type(RICH_TEXT_ELEMENTS), MOST_PARTS)}, {"block_id": ID})
