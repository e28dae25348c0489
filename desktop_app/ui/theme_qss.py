"""The style sheet: only what the palette can't say. Every size is a multiple of the unit u.

Focus never makes a control jump: its border grows from 1 to 2 px, so padding loses 1 and the height 2 in the same rule.
"""

from __future__ import annotations

from desktop_app.ui.tokens import TYPES, Colours

_LABEL_COLOURS = {
    "figure": "text",
    "title": "text",
    "record": "text",
    "section": "text",
    "body": "text",
    "strong": "text",
    "label": "text2",
    "meta": "text3",
    "small": "text2",
}
_TONES = ("text", "text2", "text3", "accent_text", "on_accent", "ok", "warn", "bad")


def sheet(c: Colours, u: int, factor: float) -> str:
    """The whole style sheet for these colours, this unit in px and this text factor."""
    parts = (
        _ground(c, u, factor),
        _labels(c, factor),
        _buttons(c, u, factor),
        _fields(c, u, factor),
        _lists(c, u),
    )
    return "\n".join(parts)


def _type(role: str, factor: float) -> str:
    kind = TYPES[role]
    return f"font-size: {kind.points * factor:g}pt; font-weight: {600 if kind.semibold else 400};"


def _labels(c: Colours, factor: float) -> str:
    rules = ["QLabel { background: transparent; }"]
    for role, colour in _LABEL_COLOURS.items():
        kind = "body" if role == "label" else role
        rules.append(f'QLabel[role="{role}"] {{ {_type(kind, factor)} color: {c[colour]}; }}')
    rules += [f'QLabel[tone="{tone}"] {{ color: {c[tone]}; }}' for tone in _TONES]
    rules.append(f"QLabel:disabled {{ color: {c.disabled}; }}")
    return "\n".join(rules)


def _buttons(c: Colours, u: int, factor: float) -> str:
    def size(units: float, pad: float) -> str:
        """Rules for a height of `units` and the padding `pad` (both in u), at rest and with the focus."""
        height, side = round(units * u), round(pad * u)
        return (
            f"QPushButton[%s] {{ padding: 0 {side}px; min-height: {height - 2}px; max-height: {height - 2}px; }}\n"
            f"QPushButton[%s]:focus {{ padding: 0 {side - 1}px; min-height: {height - 4}px; "
            f"max-height: {height - 4}px; }}"
        )

    def dress(kind: str, rest: str, hover: str, pressed: str) -> str:
        rule = f'QPushButton[kind="{kind}"]'
        return f"{rule} {{ {rest} }} {rule}:hover {{ {hover} }} {rule}:pressed {{ {pressed} }}"

    plain = f"background: {c.surface}; color: {c.text}; border-color: {c.input};"
    quiet = f"background: transparent; color: {c.accent_text}; border-color: transparent;"
    hovered, pressed = f"background: {c.hover};", f"background: {c.pressed};"
    icon_side = round(8 * u)
    return "\n".join(
        (
            f"QPushButton {{ border: 1px solid {c.input}; border-radius: {round(1.5 * u)}px; outline: none;"
            f" {_type('body', factor)} {plain} }}",
            *(
                size(height, pad).replace("%s", f'dim="{dim}"')
                for dim, height, pad in (("small", 7, 2.5), ("normal", 8, 3), ("big", 11, 6))
            ),
            dress("outlined", plain, hovered, pressed),
            dress(
                "primary",
                f"background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; {_type('strong', factor)}",
                f"background: {c.accent_hover}; border-color: {c.accent_hover};",
                f"background: {c.accent_pressed}; border-color: {c.accent_pressed};",
            ),
            size(8, 4).replace("%s", 'kind="primary"][dim="normal"'),
            dress(
                "tonal",
                f"background: {c.accent_tint}; color: {c.accent_text}; border-color: {c.accent_line};"
                f" {_type('strong', factor)}",
                f"border-color: {c.focus};",
                f"background: {c.hover};",
            ),
            dress(
                "danger",
                f"background: {c.surface}; color: {c.bad}; border-color: {c.bad_line};",
                hovered,
                hovered,
            ),
            dress("quiet", quiet, hovered, hovered),
            dress("icon", quiet, hovered, pressed),
            # The counts in a form's foot: how many errors, how many warnings.
            *(
                f'QPushButton[kind="quiet"][tone="{tone}"] {{ color: {c[tone]}; {_type("strong", factor)} }}'
                for tone in ("bad", "warn")
            ),
            dress("link", quiet + _type("meta", factor), "text-decoration: underline;", f"color: {c.text};"),
            f'QPushButton[dim="big"] {{ {_type("record", factor)} border-radius: {2 * u}px; }}',
            f'QPushButton[kind="icon"] {{ padding: 0; min-width: {icon_side - 2}px; max-width: {icon_side - 2}px; }}',
            f'QPushButton[kind="link"] {{ padding: 0; min-height: {round(4.5 * u) - 2}px;'
            f" max-height: {round(4.5 * u) - 2}px; border-radius: {u // 2}px; }}",
            f"QPushButton:focus {{ border: 2px solid {c.focus}; }}",
            f'QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}',
            f'QPushButton[kind="danger"]:focus {{ border: 2px solid {c.bad}; }}',
            f'QPushButton[kind="icon"]:focus {{ padding: 0; min-width: {icon_side - 4}px;'
            f" max-width: {icon_side - 4}px; }}",
            # A link has no padding to give: its border stays thin, and the words are underlined.
            f'QPushButton[kind="link"]:focus {{ border: 1px solid {c.focus}; text-decoration: underline; }}',
            f"QPushButton:disabled {{ background: {c.window}; color: {c.disabled}; border-color: {c.border}; }}",
            *(
                f'QPushButton[kind="{kind}"]:disabled {{ background: transparent; border-color: transparent; }}'
                for kind in ("quiet", "icon", "link")
            ),
            "QPushButton::menu-indicator { width: 0; image: none; }",
        )
    )


def _fields(c: Colours, u: int, factor: float) -> str:
    """One-line fields are exactly as high as a button; the error and the warning look win over the focus colour."""
    line, area = "QLineEdit, QComboBox", "QPlainTextEdit, QTextEdit"
    every = f"{line}, {area}"

    def each(selectors: str, suffix: str) -> str:
        return ", ".join(part.strip() + suffix for part in selectors.split(","))

    height, pad = 8 * u, round(2.5 * u)
    code = 11 * u + 2
    rules = [
        f"{every} {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.input};"
        f" border-radius: {round(1.5 * u)}px; selection-background-color: {c.accent};"
        f" selection-color: {c.on_accent}; placeholder-text-color: {c.text3}; }}",
        f"{line} {{ padding: 0 {pad - 2}px; min-height: {height - 2}px; max-height: {height - 2}px; }}",
        f"{area} {{ padding: {u}px {pad - 5}px; }}",
    ]
    for look in ("derived", "search"):
        ground = c.sunken if look == "derived" else c.window
        edge = c.hairline if look == "derived" else c.border
        colour = c.text2 if look == "derived" else c.text
        rules.append(
            each(every, f'[look="{look}"]')
            + f" {{ background: {ground}; border-color: {edge}; color: {colour}; }}"
        )
    rules += [
        f'QLineEdit[look="search"] {{ padding-left: {u // 2}px; }}',
        # The cell of a grid that is typed into: its words stand where the painted ones stood.
        f'QLineEdit[look="cell"], QLineEdit[look="cell"]:focus {{ border-radius: {u // 2}px;'
        f" padding: 0 {2 * u - 4}px; }}",
        f'QLineEdit[look="code"] {{ {_type("title", factor)} min-height: {code - 2}px; max-height: {code - 2}px; }}',
        each(every, ":disabled")
        + f" {{ background: {c.window}; color: {c.disabled}; border-color: {c.border};"
        + f" placeholder-text-color: {c.disabled}; }}",
        each(every, '[state="warning"]') + f" {{ background: {c.warn_tint}; border-color: {c.warn}; }}",
        each(every, '[state="error"]') + f" {{ background: {c.bad_tint}; border-color: {c.bad}; }}",
        each(every, ":focus") + f" {{ border: 2px solid {c.focus}; }}",
        each(line, ":focus")
        + f" {{ padding: 0 {pad - 3}px; min-height: {height - 4}px; max-height: {height - 4}px; }}",
        f'QLineEdit[look="search"]:focus {{ padding-left: {max(0, u // 2 - 1)}px; background: {c.surface}; }}',
        f'QLineEdit[look="code"]:focus {{ min-height: {code - 4}px; max-height: {code - 4}px; }}',
        f"QComboBox {{ padding-left: {pad}px; }} QComboBox:focus {{ padding-left: {pad - 1}px; }}",
        each(area, ":focus") + f" {{ padding: {u - 1}px {pad - 6}px; }}",
        each(every, '[state="warning"]:focus') + f" {{ border-color: {c.warn}; }}",
        each(every, '[state="error"]:focus') + f" {{ border-color: {c.bad}; }}",
        # The chevron is painted by widgets.ComboBox: a picture in a style sheet could not follow the theme.
        f"QComboBox::drop-down {{ border: none; width: {7 * u}px; }} QComboBox::down-arrow {{ image: none; }}",
        "QLineEdit > QToolButton { background: transparent; border: none; }",
    ]
    rules += _indicators(c, u)
    return "\n".join(rules)


def _indicators(c: Colours, u: int) -> list[str]:
    """Check boxes and radio buttons; widgets.CheckBox and RadioButton paint the mark inside."""
    side = 4 * u - 2
    rules = [f"QCheckBox, QRadioButton {{ spacing: {2 * u}px; background: transparent; }}"]
    for name, radius in (("QCheckBox", u), ("QRadioButton", 2 * u)):
        box = f"{name}::indicator"
        rules += [
            f"{box} {{ width: {side}px; height: {side}px; border: 1px solid {c.input};"
            f" border-radius: {radius}px; background: {c.surface}; }}",
            f"{box}:hover {{ border-color: {c.focus}; }}",
            f"{box}:disabled {{ border-color: {c.border}; background: {c.window}; }}",
        ]
    rules += [
        f"QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; }}",
        f"QRadioButton::indicator:checked {{ border-color: {c.focus}; }}",
        f"QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ width: {side - 2}px; height: {side - 2}px;"
        f" border: 2px solid {c.focus}; }}",
        f"QCheckBox::indicator:checked:focus {{ border-color: {c.text}; }}",
    ]
    return rules


def _ground(c: Colours, u: int, factor: float) -> str:
    """Grounds and frames: window, cards, menus, tooltips, scroll bars."""
    grounds = "".join(
        f'QWidget[ground="{token}"] {{ background: {c[token]}; }}\n'
        for token in ("window", "surface", "sunken")
    )
    return f"""
QMainWindow, QDialog {{ background: {c.window}; }}
{grounds}
QFrame[kind="sidebar"], QFrame[kind="status"] {{ background: {c.sidebar}; }}
QFrame[kind="header"], QFrame[kind="footer"] {{ background: {c.surface}; }}
QFrame[kind="card"] {{ background: {c.surface}; border: 1px solid {c.hairline}; border-radius: {2 * u}px; }}
QFrame[kind="card"]:focus {{ border: 2px solid {c.focus}; }}
QFrame[kind="banner"] {{ border: 1px solid {c.accent_line}; background: {c.accent_tint};
    border-radius: {2 * u}px; }}
QFrame[kind="banner"][family="info"] {{ border-color: {c.info_line}; background: {c.info_tint}; }}
QFrame[kind="banner"][family="ok"] {{ border-color: {c.ok_line}; background: {c.ok_tint}; }}
QFrame[kind="banner"][family="warn"] {{ border-color: {c.warn_line}; background: {c.warn_tint}; }}
QFrame[kind="banner"][family="bad"] {{ border-color: {c.bad_line}; background: {c.bad_tint}; }}
QFrame[kind="banner"][flush="true"] {{ border-radius: 0; border-width: 0 0 1px 0; }}
QFrame[kind="picks"] {{ background: {c.raised}; border: 1px solid {c.input}; border-radius: {u}px; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.surface}; }}
QCalendarWidget QToolButton {{ background: transparent; border: none; color: {c.text}; padding: {u}px;
    {_type("strong", factor)} }}
QCalendarWidget QToolButton:hover {{ background: {c.hover}; border-radius: {u}px; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: {u}px;
    {_type("meta", factor)} }}
QMenu {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: {u}px 0; }}
QMenu::item {{ padding: {round(1.5 * u)}px {6 * u}px {round(1.5 * u)}px {3 * u}px; }}
QMenu::item:selected {{ background: {c.accent_tint}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.disabled}; }}
QMenu::icon {{ padding-left: {2 * u}px; }}
QMenu::separator {{ height: 1px; background: {c.hairline}; margin: {u}px 0; }}
QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] {{ background: transparent; border: none; }}
QScrollArea[kind="reading"] {{ border: 2px solid transparent; }}
QScrollArea[kind="reading"]:focus {{ border: 2px solid {c.focus}; border-radius: {u}px; }}
QScrollBar:vertical {{ width: 10px; background: transparent; margin: 0; }}
QScrollBar:horizontal {{ height: 10px; background: transparent; margin: 0; }}
QScrollBar::handle {{ background: {c.border}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {c.input}; }}
QScrollBar::handle:vertical {{ min-height: {8 * u}px; }}
QScrollBar::handle:horizontal {{ min-width: {8 * u}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QSplitter::handle {{ background: {c.hairline}; }}
QTabBar QToolButton {{ background: {c.surface}; border: none; }}
"""


def _lists(c: Colours, u: int) -> str:
    """Lists and tables: no grid, no stripes. The delegate paints the rows; these colours are the fallback."""
    views = "QTableView, QTreeView, QListView"
    return f"""
{views} {{ background: {c.surface}; color: {c.text}; border: none; outline: none; gridline-color: {c.hairline};
    selection-background-color: {c.accent_tint}; selection-color: {c.text}; }}
QComboBox QAbstractItemView {{ background: {c.raised}; border: 1px solid {c.border}; padding: {u // 2}px;
    selection-background-color: {c.accent_tint}; selection-color: {c.text}; }}
QComboBox QAbstractItemView::item {{ min-height: {8 * u}px; padding: 0 {2 * u}px; }}
QListWidget {{ border: 2px solid transparent; border-radius: {u}px; }}
QListWidget:focus {{ border-color: {c.focus}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}
"""
