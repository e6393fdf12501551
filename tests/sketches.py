"""A small model in both formats, with a view that has every kind of thing on it."""

SKETCH = r"""{UTF-8}
Stock = INTEG (Inflow - Outflow, Start) ~ m ~ |
Inflow = Rate * Stock ~ m/Year ~ |
Outflow = Stock / "Life, mean" ~ m/Year ~ |
Rate = 0.1 ~ 1/Year ~ |
"Life, mean" = 20 ~ Year ~ |
Start = 100 ~ m ~ |
INITIAL TIME = 0 ~ Year ~ |
FINAL TIME = 10 ~ Year ~ |
TIME STEP = 1 ~ Year ~ |
SAVEPER = TIME STEP ~ Year ~ |

\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*First view
$192-192-192,0,Arial|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
10,1,Stock,300,100,40,20,3,3,0,0,0,0,0,0
12,2,48,100,100,10,8,0,3,0,0,-1,0,0,0
1,3,5,1,4,0,0,22,0,0,0,-1--1--1,,1|(240,100)|
1,4,5,2,100,0,0,22,0,0,0,-1--1--1,,1|(150,100)|
11,5,0,200,100,6,8,34,3,0,0,1,0,0,0
10,6,Inflow,200,124,30,11,40,3,0,0,-1,0,0,0
12,7,48,300,300,10,8,0,3,0,0,-1,0,0,0
1,8,10,7,4,0,0,22,0,0,0,-1--1--1,,1|(300,250)|
1,9,10,1,100,0,0,22,0,0,0,-1--1--1,,1|(300,150)|
11,10,0,300,200,8,6,33,3,0,0,4,0,0,0
10,11,Outflow,350,200,30,11,40,3,0,0,-1,0,0,0
10,12,Rate,120,200,20,11,8,3,0,0,0,0,0,0
1,13,12,6,1,0,43,0,0,128,0,-1--1--1,,1|(180,180)|
10,14,"Life, mean",450,250,30,11,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|10||128-128-128
1,15,14,11,0,0,45,0,0,1,0,-1--1--1,,1|(400,225)|
10,16,Start,420,40,30,11,8,3,0,0,0,0,0,0
1,17,16,1,0,0,0,0,0,64,1,-1--1--1,,1|(360,70)|
12,18,0,200,320,60,20,8,132,0,58,-1,0,0,0,0-0-0,0-0-0,Arial|10|B|0-128-0
A remark, with a comma\nand a break
12,19,0,250,160,15,15,5,4,0,0,-1,0,0,0
B
1,20,1,6,0,2,0,0,0,64,0,-1--1--1,,1|(0,0)|
\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*Second view
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|72,72,100,0
10,1,Rate,100,100,20,11,8,3,0,0,0,0,0,0
///---\\\
:L<%^E!@
1:none.vdf
10,99,Rate,1,1,1,1,8,3,0,0,0,0,0,0
"""

XMILE = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0" xmlns:isee="http://iseesystems.com/XMILE">
<header><vendor>none</vendor><product version="1">none</product></header>
<sim_specs><start>0</start><stop>10</stop><dt>1</dt></sim_specs>
<model><variables>
<stock name="Stock"><eqn>Start</eqn><inflow>Inflow</inflow><outflow>Outflow</outflow></stock>
<flow name="Inflow"><eqn>Rate * Stock</eqn><non_negative/></flow>
<flow name="Outflow"><eqn>Stock / Life_mean</eqn></flow>
<aux name="Rate"><eqn>0.1</eqn></aux><aux name="Life mean"><eqn>20</eqn></aux><aux name="Start"><eqn>100</eqn></aux>
</variables><views>
<style font_family="Arial" font_size="9pt"><stock color="blue"/></style>
<view type="stock_flow" page_width="800" page_height="600">
<style><aux font_color="#008000" label_side="bottom"/></style>
<stock name="Stock" x="300" y="100"/>
<flow name="Inflow" x="200" y="100"><pts><pt x="100" y="100"/><pt x="277.5" y="100"/></pts></flow>
<flow name="Outflow" x="400" y="100" label_side="top"><pts><pt x="322.5" y="100"/><pt x="480" y="100"/></pts></flow>
<aux name="Rate" x="120" y="200"/>
<aux name="Life\\nmean" x="391" y="191" width="18" height="18" label_side="right"/>
<alias uid="7" x="91" y="291" width="45" height="35"><of>Stock</of></alias>
<aux name="Start" x="420" y="40"/>
<connector uid="1" angle="90" polarity="+"><from>Rate</from><to>Inflow</to></connector>
<connector uid="2" angle="90"><from><alias uid="7"/></from><to>Inflow</to></connector>
<connector uid="3"><from>Life_mean</from><to>Outflow</to></connector>
<connector uid="4"><from>Start</from><to>Stock</to></connector>
<connector uid="5"><from>TIME</from><to>Stock</to></connector>
<group name="All" x="50" y="20" width="500" height="400"/>
<text_box x="10" y="500" width="100" height="40">A remark</text_box>
</view>
<view type="interface"><button x="1" y="2" width="3" height="4"/></view>
</views></model></xmile>
"""
