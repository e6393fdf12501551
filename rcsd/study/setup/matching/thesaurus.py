"""Words that mean the same in headings of tables and in names of variables, across languages and abbreviations."""

from __future__ import annotations

from collections.abc import Mapping

IDEOGRAPHS = 0x2E7F
"""Beyond it letters make words without blanks between them."""

_MEANINGS: Mapping[str, str] = {
    "absolute": "abs",
    "advertising": "advertisement advert ads 广告",
    "age": "年龄",
    "area": "acreage 面积",
    "atmosphere": "atmospheric atm air 大气",
    "average": "avg mean 平均",
    "backlog": "积压",
    "balance": "余额",
    "birth": "births natality newborn 出生",
    "capacity": "产能",
    "capital": "资本",
    "carbon": "碳",
    "cash": "现金",
    "child": "children 儿童",
    "city": "urban municipal town 城市",
    "co2": "carbondioxide 二氧化碳",
    "coal": "煤 煤炭",
    "coffee": "tea cup drink",
    "concentration": "ppm 浓度",
    "consumption": "consumed 消费",
    "cost": "costs expense 成本",
    "customer": "client subscriber 客户 顾客",
    "death": "deaths mortality died fatalities 死亡",
    "deer": "鹿",
    "demand": "需求",
    "adopter": "adopters adoption adopted owner user 采用者 用户",
    "education": "教育",
    "emission": "emitted 排放",
    "employment": "employed employee employees jobs workers 就业 从业人员 职工",
    "energy": "能源",
    "export": "exports 出口",
    "fertility": "生育",
    "fish": "鱼",
    "food": "粮食 食品",
    "forest": "wood 森林",
    "fox": "foxes 狐狸",
    "gdp": "grossdomesticproduct 国内生产总值 地区生产总值 生产总值",
    "growth": "增长",
    "hare": "hares rabbit rabbits 野兔 兔",
    "heat": "热",
    "hiring": "hires hire recruited recruitment 招聘",
    "house": "houses housing dwelling home 住房 房屋",
    "household": "户",
    "import": "imports 进口",
    "income": "earnings 收入",
    "industry": "industrial 工业",
    "infected": "infectious infective infection infections sick ill cases case inbed bedridden confined prevalence "
    "感染 病例 确诊 患者",
    "innovation": "创新",
    "inventory": "inventories 库存 存货",
    "investment": "invested 投资",
    "labour": "labor workforce staff headcount 劳动力 员工",
    "land": "土地",
    "level": "水平",
    "lynx": "猞猁",
    "market": "市场",
    "money": "货币",
    "number": "no num count 数 数量 人数",
    "ocean": "sea 海洋",
    "order": "orders 订单",
    "output": "outputs produced production 产出 产量 产值",
    "patient": "patients 病人",
    "pollution": "pollutant 污染",
    "population": "pop people inhabitants 人口 常住人口 户籍人口",
    "potential": "潜在",
    "predator": "predators 捕食者",
    "prey": "猎物",
    "price": "prices 价格",
    "product": "products 产品",
    "profit": "利润",
    "quit": "quits attrition leaving separations 离职",
    "rate": "rates 率",
    "recovered": "recovery removed cured healed immune convalescent 康复 治愈 痊愈",
    "research": "r&d 研发 科研",
    "reserve": "reserves 储量",
    "resource": "resources 资源",
    "revenue": "turnover 营收 收益",
    "room": "ambient 室温",
    "rural": "农村",
    "sale": "sales sold 销售 销量 销售额",
    "school": "学校",
    "service": "services 服务",
    "share": "fraction proportion percentage percent pct ratio 比例 份额 占比",
    "shipment": "shipments shipping shipped delivery deliveries delivered 发货 出货",
    "stock": "存量",
    "student": "students pupil pupils 学生",
    "supply": "供给 供应",
    "susceptible": "susceptibles 易感",
    "tax": "taxes 税",
    "technology": "tech technological 技术",
    "temperature": "temp temperatures 温度 气温",
    "time": "时间",
    "trade": "贸易",
    "traffic": "交通",
    "unemployment": "unemployed jobless 失业",
    "vehicle": "car cars vehicles automobile 汽车 车辆",
    "wage": "wages salary pay 工资",
    "water": "水",
    "wolf": "wolves 狼",
    "work": "job task tasks 工作",
    "yield": "yields 单产",
}
"""By the word that stands for them: words of the same meaning."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "prey": ("hare", "deer", "fish", "sheep", "mouse", "plankton"),
    "predator": ("lynx", "fox", "wolf", "shark", "owl"),
}
"""A word of models, and what tables have of that kind."""

SILENT = frozenset(
    [
        "number",
        "the",
        "of",
        "a",
        "an",
        "in",
        "at",
        "on",
        "to",
        "for",
        "and",
        "total",
        "all",
        "whole",
        "overall",
        "observed",
        "actual",
        "data",
        "value",
        "values",
        "real",
        "measured",
        "recorded",
        "historical",
        "history",
        "reported",
        "official",
        "estimated",
        "de",
        "la",
        "der",
        "die",
        "das",
        "总",
        "合计",
        "年末",
        "实际",
        "观测",
    ]
)
"""Words that tell no quantity from another; they count only where nothing else is left."""

MEANING: Mapping[str, str] = {
    word: meaning for meaning, words in _MEANINGS.items() for word in (meaning, *words.split())
}
"""The word that stands for each word."""

CHINESE: tuple[str, ...] = tuple(sorted((word for word in MEANING if ord(word[0]) > IDEOGRAPHS), key=len, reverse=True))
"""Words without blanks between them, the longest first."""

PHRASES: Mapping[str, str] = {"in bed": "inbed", "confined to bed": "inbed", "gross domestic product": "gdp"}
"""Words that mean something together only."""
