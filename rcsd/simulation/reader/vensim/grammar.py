"""PySD's grammar of Vensim equations, with the rules that read other than Vensim exchanged.

Rules of PySD's file are kept by name; those below take their place:

- ``:AND:`` binds tighter than ``:OR:``; PySD reads both from the left.
- ``^`` is read from the right and binds tighter than a sign: -2^2 is -4, 2^3^2 is 512.
- A number in an expression has no sign of its own; signs may follow each other.
- The table of WITH LOOKUP is taken as text, so that every form of it is read in one place.
- A subscript range that is used as a number may be marked: ``SUM(IF THEN ELSE(region! = 2, x[region!], 0))``.
- Names may hold any letter or sign beyond ASCII, as Vensim's may.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parsimonious import Grammar
from pysd.translators.vensim.vensim_structures import parsing_ops
from pysd.translators.vensim.vensim_utils import Grammar as PysdGrammars

_RULES = r"""
expr_type = tabbed_array_call / array / final_expr
final_expr = and_expr (_ or_oper _ and_expr)*
and_expr = logic_expr (_ and_oper _ logic_expr)*
logic_expr = (not_oper _)* comp_expr
comp_expr = add_expr (_ comp_oper _ add_expr)*
add_expr = prod_expr (_ add_oper _ prod_expr)*
prod_expr = neg_expr (_ prod_oper _ neg_expr)*
neg_expr = (pre_oper _)* exp_expr
exp_expr = expr (_ exp_oper _ neg_expr)?
expr = lookup_with_def / call / parens / nan / unsigned / reference
unsigned = ~r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(?![\w.])"
lookup_with_def = ~r"WITH[\s_]+LOOKUP"I _ "(" _ final_expr _ "," _ table _ ")"
table = ~r"\(\s*(?:\[[^\]]*\])?(?:[^()]|\([^()]*\))*\)"
call = reference _ "(" _ arguments _ ")"
arguments = ((string / final_expr) _ ","? _)*
parens = "(" _ final_expr _ ")"
reference = (name _ subscript_list) / (name _ "!") / name
subscript_list = "[" _ (name _ "!"? _ ","? _)+ _ "]"
array = listed (_ ("," / ";") _ listed)+ _ ("," / ";")? _ !~r"."
listed = nan / raw_number
tabbed_array_call = ~r"TABBED[\s_]+ARRAY"I _ "(" _ array_tabbed _ ")"
array_tabbed = (listed _)+
nan = ~r":\s*NA\s*:"I
or_oper = ~r":\s*OR\s*:"I
and_oper = ~r":\s*AND\s*:"I
not_oper = ~r":\s*NOT\s*:"I
string = ~r"'[^']*'"
escape_group = ~r'"(?:\\.|[^"\\])*"'
id_start = ~r"[^\W\d]|[^\x00-\x7f\s]"
id_continue = ~r"[\w\s'$]|[^\x00-\x7f]"
basic_id = ~r"(?:[^\W\d]|[^\x00-\x7f\s])(?:[\w\s'$]|[^\x00-\x7f])*"
"""
_RULE = re.compile(r"^(?P<name>\w+)\s*=")


@lru_cache(maxsize=1)
def equations() -> Grammar:
    """Return the grammar of what stands on the right of a definition."""
    text = PysdGrammars._read_grammar("components") % parsing_ops
    ours = {match["name"] for line in _RULES.splitlines() if (match := _RULE.match(line))}
    dropped = {"logic_oper", "lookup_with_def", "number", "limits"}
    kept = [
        line for line in text.splitlines() if not ((match := _RULE.match(line)) and match["name"] in ours | dropped)
    ]
    return Grammar(_RULES + "\n".join(kept))
