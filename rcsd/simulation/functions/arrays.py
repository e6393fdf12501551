"""Functions of arrays. The subscript that is worked over has an exclamation mark: ``SUM(x[region!])``."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.numerics import allocation, even_tables, vectors
from rcsd.simulation.functions.ways import Block, Elements, Node, Primitive, Resolved
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Number, Reduction
from rcsd.simulation.ir.unsound import Unsound

_LARGEST = 40
"""Rows of a matrix: each element of an inverse is worked out on its own."""
_RECTANGULAR = Number(1.0)


def _picked(e: Elements, array: Expression, offset: Expression) -> Expression:
    values, at = e.stored(array)
    return Call("element at", (Arithmetic("+", Number(float(at)), e.value(offset)), *values))


def _reordered(e: Elements, array: Expression, order: Expression) -> Expression:
    values, _ = e.along(array)
    return Call("element at", (e.value(order), *values))


def _looked_up(
    e: Elements, array: Expression, x: Expression, low: Expression, high: Expression, mode: Expression
) -> Expression:
    values, _ = e.along(array)
    return Call("even table", (*(e.value(each) for each in (x, low, high, mode)), *values))


def _sorted(e: Elements, array: Expression, direction: Expression) -> Expression:
    values, own = e.along(array)
    return Call("place in order", (Number(float(own)), e.value(direction), *values))


def _ranked(e: Elements, array: Expression, direction: Expression) -> Expression:
    values, own = e.along(array)
    return Call("rank of element", (Number(float(own)), e.value(direction), *values))


def _selected(
    e: Elements, selection: Expression, array: Expression, missing: Expression, action: Expression, error: Expression
) -> Expression:
    weights, values = zip(*e.marked(selection, array), strict=True)
    return Call("selection", (e.value(missing), e.value(action), e.value(error), *weights, *values))


def _inverted(e: Elements, matrix: Expression, *size: Expression) -> Expression:
    values, row, column = e.square(matrix)
    if len(values) > _LARGEST**2:
        raise Unsound(f"INVERT MATRIX takes matrices of up to {_LARGEST} rows here, and this one has more")
    return Call("element of inverse", (Number(float(row)), Number(float(column)), *values))


def _allocated(e: Elements, request: Expression, profile: Expression, available: Expression) -> Expression:
    profiles = [column[:3] for column in e.columns(profile, request)]
    if any(len(column) < 3 for column in profiles):  # noqa: PLR2004 - curve, priority, width
        raise Unsound("ALLOCATE AVAILABLE needs a profile whose last subscript begins with ptype, ppriority, pwidth")
    return _shared_out(*e.along(request), profiles, e.value(available))


def _by_priority(
    e: Elements, request: Expression, priority: Expression, size: Expression, width: Expression, supply: Expression
) -> Expression:
    requests, own = e.along(request)
    priorities, _ = e.along(priority)
    if isinstance(n := e.value(size), Number) and n.value != len(requests):
        raise Unsound(f"ALLOCATE BY PRIORITY shares out among {len(requests)} requests, but its size is {n.value:g}")
    profiles = [[_RECTANGULAR, each, e.value(width)] for each in priorities]
    return _shared_out(requests, own, profiles, e.value(supply))


def _shared_out(
    requests: list[Expression], own: int, profiles: list[list[Expression]], supply: Expression
) -> Expression:
    fields = [part for request, profile in zip(requests, profiles, strict=True) for part in (request, *profile)]
    part = Call("max", (Number(0.0), Call("min", (Number(1.0), Call("zidz", (supply, _sum(requests)))))))
    price = Call("market price", (supply, *fields))
    return Arithmetic("*", requests[own], Call("share of request", (*profiles[own], price, part)))


def _mean(e: Elements, *arrays: Expression) -> Expression:
    values = e.whole(arrays[0]) if len(arrays) == 1 else [e.value(each) for each in arrays]
    return Arithmetic("/", _sum(values), Number(float(len(values))))


def _deviation(e: Elements, array: Expression) -> Expression:
    mean, values = _mean(e, array), e.whole(array)
    gaps = [Arithmetic("-", value, mean) for value in values]
    squares: list[Expression] = [Arithmetic("*", gap, gap) for gap in gaps]
    return Call("sqrt", (Arithmetic("/", _sum(squares), Number(float(len(values)))),))


def _index_of_rank(e: Elements, array: Expression, rank: Expression) -> Expression:
    place = Arithmetic("-", e.value(rank), Number(1.0))
    return Arithmetic("+", Number(1.0), Call("place in order", (place, Number(1.0), *e.whole(array))))


def _sum(values: list[Expression]) -> Expression:
    """Add values up pairwise."""
    if not values:
        raise Unsound("an array without elements has no sum or mean; give its dimension elements")
    while len(values) > 1:
        pairs: list[Expression] = [Arithmetic("+", a, b) for a, b in zip(values[::2], values[1::2], strict=False)]
        values = pairs + values[len(pairs) * 2 :]
    return values[0]


ARRAYS = (
    Function(
        "Sum over the marked subscripts; of a bare array in XMILE over all.",
        Node(lambda x: Reduction("sum", x)),
        dimension="a -> a",
        vensim="SUM(array)",
        xmile="SUM(array)",
    ),
    Function(
        "Product over the marked subscripts; of a bare array in XMILE over all.",
        Node(lambda x: Reduction("prod", x)),
        dimension="_ -> _",
        vensim="PROD(array)",
        xmile="PROD(array)",
    ),
    Function(
        "Mean of an array, or of several numbers.",
        Resolved(_mean),
        dimension="a, ... -> a",
        xmile="MEAN(array, ...)",
    ),
    Function(
        "Standard deviation of an array: the root of the mean square around the mean.",
        Resolved(_deviation),
        dimension="a -> a",
        differs="Stella's reference does not say whether it divides by one less",
        xmile="STDDEV(array)",
    ),
    Function(
        "How many elements an array or a dimension has.",
        Resolved(lambda e, array: Number(float(len(e.whole(array))))),
        dimension="_ -> 1",
        xmile="SIZE(array)",
    ),
    Function(
        "Number, from 1, of the element of this rank, from 1, when an array is sorted upwards.",
        Resolved(_index_of_rank),
        dimension="_, 1 -> 1",
        xmile="RANK(array, rank)",
    ),
    Function(
        "The least over the marked subscripts; in XMILE over the whole array.",
        Node(lambda x: Reduction("vmin", x)),
        dimension="a -> a",
        vensim="VMIN(array)",
        xmile="MIN(array)",
        pysd=("vmin", "vmin_xmile"),
    ),
    Function(
        "The greatest over the marked subscripts; in XMILE over the whole array.",
        Node(lambda x: Reduction("vmax", x)),
        dimension="a -> a",
        vensim="VMAX(array)",
        xmile="MAX(array)",
        pysd=("vmax", "vmax_xmile"),
    ),
    Function(
        "How many elements a subscript range has.",
        Node(lambda name: Call("elmcount", (name,)), of_range=True),
        dimension="_ -> 1",
        vensim="ELMCOUNT(range)",
    ),
    Function(
        "The element of a variable that comes so many after a given one, the last subscript fastest; :NA: outside.",
        Resolved(_picked),
        dimension="a, _ -> a",
        vensim="VECTOR ELM MAP(element, offset)",
    ),
    Function(
        "The table whose y are the elements of an array over its last subscript, at evenly spaced x between two "
        "limits. Modes: 0 interpolated, 1 area from the first x, 2 backward, 3 extrapolated, 4 forward, 5 inverted, "
        "6 slope; 7, 8 and 9 are 1, 5 and 6 extrapolated.",
        Resolved(_looked_up),
        dimension="_, b, b, b, _ -> _",
        vensim="VECTOR LOOKUP(array, x, least x, greatest x, mode)",
    ),
    Function(
        "Sum, product, least, greatest or mean of the elements that a selection marks: actions 0 to 4 of weight times "
        "value, 5 the product of weight ^ value, 6 to 10 of the values; not a number where the error action forbids "
        "the number of marks.",
        Resolved(_selected),
        dimension="_, a, _, _, _ -> _",
        vensim="VECTOR SELECT(selection, array, missing value, action, error action)",
    ),
    Function(
        "For each place, from the first on, the number (from 0) of the element that comes there when the array is "
        "sorted, upwards for a positive direction; over the last subscript.",
        Resolved(_sorted),
        dimension="_, 1 -> 1",
        differs="equal elements come in their order, in Vensim in any",
        vensim="VECTOR SORT ORDER(array, direction)",
    ),
    Function(
        "An array in the order that VECTOR SORT ORDER gives: each place has the element of that number, from 0.",
        Resolved(_reordered),
        dimension="a, 1 -> a",
        vensim="VECTOR REORDER(array, order)",
    ),
    Function(
        "Rank of each element, from 1, upwards for a positive direction; equal ones in their order.",
        Resolved(_ranked),
        dimension="_, 1 -> 1",
        differs="equal elements rank in their order, in Vensim in any",
        vensim="VECTOR RANK(array, direction)",
    ),
    Function(
        "Inverse of a matrix over the last two subscripts; not a number where there is none.",
        Resolved(_inverted),
        dimension="a, _ -> 1/a",
        differs="more than 40 rows are refused",
        vensim="INVERT MATRIX(matrix[, size])",
    ),
    Function(
        "A scarce supply shared out by profiles of priority: curves 0 to 4 (fixed, rectangular, triangular, normal, "
        "exponential); not a number for others.",
        Resolved(_allocated),
        dimension="a, _, a -> a",
        differs=(
            "the normal curve is exact: Vensim's own output is off by up to 4e-4 of a small share; "
            "constant elasticity (5) and whole numbers (10 and more) are not computed"
        ),
        vensim="ALLOCATE AVAILABLE(request, profile, available)",
        pysd="AllocateAvailableStructure",
    ),
    Function(
        "A scarce supply shared out by priority: the next request begins where the priorities differ by less than the "
        "width.",
        Resolved(_by_priority),
        dimension="a, b, _, b, a -> a",
        vensim="ALLOCATE BY PRIORITY(request, priority, size, width, supply)",
        pysd="AllocateByPriorityStructure",
    ),
    Function(
        "The value of that number, from 0; :NA: where there is none.",
        Primitive(vectors.element_at, Block(vectors._element_at)),
        dimension="_, a, ... -> a",
        name="element at",
    ),
    Function(
        "A table with even x.",
        Primitive(even_tables.vector_lookup, Block(even_tables._vector_lookup)),
        dimension="_, ... -> _",
        name="even table",
    ),
    Function(
        "Number of the value that comes at a place when they are sorted.",
        Primitive(vectors.sort_order, Block(vectors._sort_order)),
        dimension="_, ... -> 1",
        name="place in order",
    ),
    Function(
        "Rank of one of the values.",
        Primitive(vectors.rank, Block(vectors._rank)),
        dimension="_, ... -> 1",
        name="rank of element",
    ),
    Function(
        "Summary of what is marked.",
        Primitive(vectors.select, Block(vectors._select)),
        dimension="_, ... -> _",
        name="selection",
    ),
    Function(
        "One element of an inverse.",
        Primitive(vectors.inverse, Block(vectors._inverse)),
        dimension="1, 1, a, ... -> 1/a",
        name="element of inverse",
    ),
    Function(
        "Price at which requests add up to a supply.",
        Primitive(allocation.price, Block(allocation._price)),
        dimension="_, ... -> _",
        name="market price",
    ),
    Function(
        "Share of a request that is granted at a price.",
        Primitive(allocation.share, allocation._share),
        dimension="_, ... -> 1",
        name="share of request",
    ),
)
