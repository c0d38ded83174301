/// Access to the expressions of a query one by one.
extension RandomQuery {
  /// Where an expression stands.
  enum Place {
    case item(Int)
    case group(Int)
    case key(Int)
    case join(Int)
    case expansion
    case filter
    case having
  }

  /// All places of the query itself that hold an expression.
  var places: [Place] {
    items.indices.map { .item($0) } + groups.indices.map { .group($0) }
      + order.indices.map { .key($0) } + joins.indices.map { .join($0) }
      + [.expansion, .filter, .having]
  }

  /// The expression at a place; `nil` for none. One that is there can be changed only.
  subscript(place: Place) -> Node? {
    get {
      switch place {
      case .item(let index): items[index].node
      case .group(let index): groups[index]
      case .key(let index): order[index].node
      case .join(let index): joins[index].condition
      case .expansion: expansion
      case .filter: filter
      case .having: having
      }
    }
    set {
      guard let newValue else { return }
      switch place {
      case .item(let index): items[index].node = newValue
      case .group(let index): groups[index] = newValue
      case .key(let index): order[index].node = newValue
      case .join(let index): joins[index].condition = newValue
      case .expansion: expansion = newValue
      case .filter: filter = newValue
      case .having: having = newValue
      }
    }
  }
}
