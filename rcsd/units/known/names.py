"""Names that mean one unit, and units that are a number times others.

Factors are exact by definition: the international foot and pound (1959), the US gallon, the barrel of 42 of these, the
calorie and Btu of the International Steam Tables, the tonne of oil equivalent of 10 Gcal (IEA), the tonne of coal
equivalent of 7 Gcal (China's GB/T 2589). A year has 365.25 days as in astronomy and UCUM; a month is a twelfth of it.
"""

from __future__ import annotations

GROUPS: tuple[tuple[str, ...], ...] = (
    ("year", "years", "yr", "yrs", "annum", "p.a.", "y", "年"),
    ("month", "months", "mo", "mos", "月", "个月"),
    ("quarter", "quarters", "qtr", "季度", "季"),
    ("week", "weeks", "wk", "wks", "周", "星期"),
    ("day", "days", "日", "天"),
    ("hour", "hours", "hr", "hrs", "小时"),
    ("minute", "minutes", "min", "mins", "分钟"),
    ("second", "seconds", "sec", "secs", "秒"),
    (
        *("person", "people", "persons", "capita", "individual", "individuals", "inhabitant", "inhabitants", "人"),
        *("personen", "einwohner", "personnes", "habitants", "personas", "habitantes"),
    ),
    ("household", "households", "户"),
    ("unit", "units"),
    ("yuan", "yuans", "rmb", "cny", "renminbi", "rmb yuan", "yuan rmb", "chinese yuan", "元", "人民币", "人民币元"),
    ("$", "dollar", "dollars", "$s", "us$", "$us", "usd", "us dollar", "us dollars", "u.s. dollars", "美元"),
    ("euro", "euros", "eur", "€", "欧元"),
    ("£", "gbp", "pounds sterling", "pound sterling", "英镑"),
    ("yen", "jpy", "日元"),
    ("rupee", "rupees", "inr", "rs", "rs.", "₹"),
    ("tonne", "tonnes", "ton", "tons", "metric ton", "metric tons", "metric tonne", "metric tonnes", "吨", "公吨"),
    ("gram", "grams", "gramme", "grammes", "克"),
    ("metre", "metres", "meter", "meters", "米"),
    ("litre", "litres", "liter", "liters", "升"),
    ("joule", "joules", "焦耳"),
    ("watt", "watts", "瓦"),
    ("kelvin", "kelvins"),
    ("percent", "%", "pct", "percentage", "percentages", "percentage point", "percentage points", "百分比", "百分点"),
    ("permille", "‰"),
    ("mu", "亩"),
)
"""The main name first, in small letters."""

CURRENCIES = frozenset({"yuan", "$", "euro", "£", "yen", "rupee"})
"""Main names of money: a letter beside them may be a number, a year beside them that of prices."""

DEFINED: dict[str, str] = {
    "month": "1/12 year",
    "quarter": "1/4 year",
    "decade": "10 year",
    "decades": "10 year",
    "century": "100 year",
    "week": "7 day",
    "fortnight": "14 day",
    "hour": "1/24 day",
    "minute": "1/1440 day",
    "second": "1/86400 day",
    "percent": "1/100",
    "permille": "1/1000",
    "ppm": "1/1000000",
    "ppb": "1/1000000000",
    "gram": "1/1000000 tonne",
    "kilogram": "1/1000 tonne",
    "kilograms": "1/1000 tonne",
    "公斤": "1/1000 tonne",
    "千克": "1/1000 tonne",
    "斤": "1/2000 tonne",
    "quintal": "1/10 tonne",
    "quintals": "1/10 tonne",
    "lb": "0.00045359237 tonne",
    "lbs": "0.00045359237 tonne",
    "short ton": "0.90718474 tonne",
    "short tons": "0.90718474 tonne",
    "long ton": "1.0160469088 tonne",
    "long tons": "1.0160469088 tonne",
    "公里": "1000 metre",
    "千米": "1000 metre",
    "厘米": "1/100 metre",
    "毫米": "1/1000 metre",
    "inch": "0.0254 metre",
    "inches": "0.0254 metre",
    "foot": "0.3048 metre",
    "feet": "0.3048 metre",
    "ft": "0.3048 metre",
    "yard": "0.9144 metre",
    "yards": "0.9144 metre",
    "mile": "1609.344 metre",
    "miles": "1609.344 metre",
    "m2": "metre^2",
    "sqm": "metre^2",
    "平方米": "metre^2",
    "km2": "1000000 metre^2",
    "sqkm": "1000000 metre^2",
    "平方公里": "1000000 metre^2",
    "平方千米": "1000000 metre^2",
    "hectare": "10000 metre^2",
    "hectares": "10000 metre^2",
    "ha": "10000 metre^2",
    "公顷": "10000 metre^2",
    "mu": "2000/3 metre^2",
    "acre": "4046.8564224 metre^2",
    "acres": "4046.8564224 metre^2",
    "m3": "metre^3",
    "cbm": "metre^3",
    "立方米": "metre^3",
    "立方": "metre^3",
    "bcm": "1000000000 metre^3",
    "km3": "1000000000 metre^3",
    "cm3": "1/1000000 metre^3",
    "ft2": "0.09290304 metre^2",
    "ft3": "0.028316846592 metre^3",
    "litre": "1/1000 metre^3",
    "gallon": "0.003785411784 metre^3",
    "gallons": "0.003785411784 metre^3",
    "barrel": "0.158987294928 metre^3",
    "barrels": "0.158987294928 metre^3",
    "bbl": "0.158987294928 metre^3",
    "acre foot": "1233.48183754752 metre^3",
    "acre feet": "1233.48183754752 metre^3",
    "watt": "joule/second",
    "千瓦": "1000 joule/second",
    "兆瓦": "1000000 joule/second",
    "watt hour": "3600 joule",
    "watt hours": "3600 joule",
    "千瓦时": "3600000 joule",
    "千瓦小时": "3600000 joule",
    "calorie": "4.1868 joule",
    "calories": "4.1868 joule",
    "btu": "1055.05585262 joule",
    "mmbtu": "1055055852.62 joule",
    "quad": "1055055852620000000 joule",
    "quads": "1055055852620000000 joule",
    "quad btu": "1055055852620000000 joule",
    "quadrillion btu": "1055055852620000000 joule",
    "tonne of oil": "41868000000 joule",
    "tonne of coal": "29307600000 joule",
    "吨标准煤": "29307600000 joule",
    "吨标煤": "29307600000 joule",
}
"""By a main name above, or a name of its own."""

NOTED: dict[str, str] = {
    "ton": "a ton is a metric ton",
    "tons": "a ton is a metric ton",
    "gallon": "the US gallon",
    "gallons": "the US gallon",
    "tce": "1 tce = 29.3076 GJ",
    "吨标准煤": "1 tce = 29.3076 GJ",
    "吨标煤": "1 tce = 29.3076 GJ",
    "toe": "1 toe = 41.868 GJ",
    "斤": "斤 = 500 g",
    "亩": "亩 = 1/15 hectare",
    "mu": "mu = 1/15 hectare",
}
"""What is said of a name that others take for something else."""

AMBIGUOUS: dict[str, str] = {
    "mt": "metric tons or million tonnes",
    "pound": "pounds sterling or pounds of mass (lb)",
    "pounds": "pounds sterling or pounds of mass (lb)",
    "¥": "yuan or yen",
    "￥": "yuan or yen",
}
"""Names that mean two things, and which: a factor would be a guess. ``Mt`` is million tonnes."""

DIMENSIONLESS = frozenset(
    {"", "dmnl", "dimensionless", "unitless", "fraction", "ratio", "share", "proportion", "radian", "radians", "无量纲"}
    | {"-", "--", "—", "?", "n/a", "na", "none", "nil", "no unit", "no units", "index", "指数"}
)
"""No unit, and names of none."""

TEMPERATURES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("°c", "degc", "deg c", "degree c", "degrees c", "celsius", "centigrade", "摄氏度"), ("1", "273.15")
    ),
    **dict.fromkeys(("degree celsius", "degrees celsius", "degree centigrade", "degrees centigrade"), ("1", "273.15")),
    **dict.fromkeys(("°f", "degf", "deg f", "degree f", "degrees f", "fahrenheit"), ("5/9", "459.67")),
    **dict.fromkeys(("degree fahrenheit", "degrees fahrenheit"), ("5/9", "459.67")),
    **dict.fromkeys(("k", "kelvin", "kelvins", "degree kelvin", "degrees kelvin", "开尔文"), ("1", "0")),
}
"""Kelvin per degree, and what is added to a number of degrees before that."""
