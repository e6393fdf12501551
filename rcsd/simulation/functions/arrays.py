"""Functions of arrays. The subscript that is worked over has an exclamation mark: ``SUM(x[region!])``."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function, Node
from rcsd.simulation.ir.expression import Call, Reduction

ARRAYS = (
    Function("Sum over the marked subscripts.", Node(lambda x: Reduction("sum", x)), vensim="SUM(array)"),
    Function("Product over the marked subscripts.", Node(lambda x: Reduction("prod", x)), vensim="PROD(array)"),
    Function(
        "The least over the marked subscripts; in XMILE over the whole array.",
        Node(lambda x: Reduction("vmin", x)),
        vensim="VMIN(array)",
        xmile="MIN(array)",
        pysd=("vmin", "vmin_xmile"),
    ),
    Function(
        "The greatest over the marked subscripts; in XMILE over the whole array.",
        Node(lambda x: Reduction("vmax", x)),
        vensim="VMAX(array)",
        xmile="MAX(array)",
        pysd=("vmax", "vmax_xmile"),
    ),
    Function(
        "How many elements a subscript range has.",
        Node(lambda name: Call("elmcount", (name,)), of_range=True),
        vensim="ELMCOUNT(range)",
    ),
    Function(
        "Sum, product or another summary of the elements that a selection marks.",
        None,
        vensim="VECTOR SELECT(selection, array, missing value, action, error action)",
    ),
    Function("Order in which an array is sorted.", None, vensim="VECTOR SORT ORDER(array, direction)"),
    Function("An array in another order.", None, vensim="VECTOR REORDER(array, order)"),
    Function("Rank of each element.", None, vensim="VECTOR RANK(array, direction)"),
    Function("Inverse of a matrix.", None, vensim="INVERT MATRIX(matrix[, size])"),
    Function(
        "A scarce supply shared out by profiles of priority.",
        None,
        vensim="ALLOCATE AVAILABLE(request, profile, available)",
        pysd="AllocateAvailableStructure",
    ),
    Function(
        "A scarce supply shared out by priority.",
        None,
        vensim="ALLOCATE BY PRIORITY(request, priority, size, width, supply)",
        pysd="AllocateByPriorityStructure",
    ),
)
