"""Slack's limits, each with its unit and where it is written down. Nothing else in the project repeats a number."""

# characters; https://docs.slack.dev/reference/block-kit/blocks/section-block (also the text of a context element)
SECTION_TEXT = 3000
# characters; https://docs.slack.dev/reference/block-kit/blocks/header-block
HEADER_TEXT = 150
# blocks in a message; https://docs.slack.dev/reference/block-kit/blocks
MESSAGE_BLOCKS = 50
# blocks in a modal or a Home tab; https://docs.slack.dev/reference/block-kit/blocks
VIEW_BLOCKS = 100
# characters; https://docs.slack.dev/reference/block-kit/block-elements/button-element (feedback buttons: the same)
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
ACCESSIBILITY_LABEL = 75
# characters and options; https://docs.slack.dev/reference/block-kit/composition-objects/option-object
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
# characters; https://docs.slack.dev/reference/views/modal-views
VIEW_TITLE = 24
# bytes of JSON; https://docs.slack.dev/reference/methods/views.open (`view_too_large`)
VIEW_BYTES = 250_000
# prompts; https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
SUGGESTED_PROMPTS = 4
# characters; https://docs.slack.dev/reference/methods/chat.postMessage recommends at most 4,000 for `text`
FALLBACK_TEXT = 4000
# characters of all texts in the blocks of one message. Undocumented: Slack answers `msg_blocks_too_long` at about
# 12,000 (github.com/slackapi/bolt-js issues 2509 and 2867); what is our own stays well below.
MESSAGE_TEXT = 10_000
# characters of all texts in one view: not limited but for VIEW_BYTES; more than this nobody reads in a window.
VIEW_PAGE_TEXT = 8000
