extension SyntaxNode {
  /// One item of an ORDER BY.
  struct SortItem {
    /// What is sorted by.
    var value: SyntaxNode
    var isDescending: Bool
    var nullsFirst: Bool
  }

  /// The items of the ORDER BY in a field.
  func sortItems(_ name: String) throws(SQLError) -> [SortItem] {
    var items: [SortItem] = []
    for node in try nodes(name) { items.append(try node.sortItem()) }
    return items
  }

  private func sortItem() throws(SQLError) -> SortItem {
    try expect("SortBy")
    try allow(["node", "sortby_dir", "sortby_nulls"])
    guard let value = try node("node") else {
      throw SQLError(position: position, "the SQL parser's ORDER BY has a gap")
    }
    let isDescending: Bool
    switch string("sortby_dir") {
    case "SORTBY_DEFAULT", "SORTBY_ASC": isDescending = false
    case "SORTBY_DESC": isDescending = true
    default: throw Unsupported.error("ORDER BY … USING is", at: position)
    }
    let nullsFirst: Bool
    switch string("sortby_nulls") {
    case "SORTBY_NULLS_DEFAULT": nullsFirst = isDescending
    case "SORTBY_NULLS_FIRST": nullsFirst = true
    case "SORTBY_NULLS_LAST": nullsFirst = false
    default: throw Unsupported.error("this order of NULLs is", at: position)
    }
    return SortItem(value: value, isDescending: isDescending, nullsFirst: nullsFirst)
  }
}
