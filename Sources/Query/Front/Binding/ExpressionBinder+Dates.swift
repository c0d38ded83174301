import Columnar

extension ExpressionBinder {
  /// `date_trunc`, its unit in plain spelling.
  func dateTrunc(
    _ arguments: [Expression], _ type: ColumnType, _ unit: Operand, at position: Int
  ) throws(SQLError) -> Operand {
    let text = try constant(unit, "the unit of date_trunc")
    guard let field = CalendarField(name: text), field.isTruncatable else {
      throw unrecognized(
        text, "unit", unit, of: type, among: CalendarField.allCases.filter(\.isTruncatable))
    }
    if type == .interval, Interval.zero.truncated(to: field) == nil {
      throw SQLError(
        position: unit.position,
        "unit \"\(field.rawValue)\" not supported for type interval; months have fractions of weeks"
      )
    }
    if arguments.count == 3 {
      try checkConstants(
        .dateTrunc, arguments.map { Operand($0, at: position) }, arguments.map(\.type))
    }
    return Operand(
      .call(
        .dateTrunc, [.literal(.text(field.rawValue), type: .text)] + arguments[1...], type: type,
        position: position),
      at: position)
  }

  /// `extract` and `date_part`, the field in plain spelling.
  func extract(
    _ arguments: [Expression], _ type: ColumnType, _ name: Operand, at position: Int
  ) throws(SQLError) -> Operand {
    let text = try constant(name, "the field of extract")
    var value = arguments[1]
    guard let field = CalendarField(name: text) else {
      throw unrecognized(text, "field", name, of: value.type, among: CalendarField.allCases)
    }
    let isPart = type == .double
    let isMissing =
      switch value.type {
      case .interval: Interval.zero.extract(field) == nil
      case .timestamptz: false
      default: field.isZone
      }
    if isMissing {
      throw SQLError(
        position: name.position,
        "unit \"\(field.rawValue)\" not supported for type \(value.type.name)")
    }
    if value.type == .date, field.isTimeOfDay {
      guard isPart else {
        throw SQLError(
          position: name.position,
          "unit \"\(field.rawValue)\" not supported for type date; a date has no time of day")
      }
      value = try coerce(Operand(value, at: position), to: .timestamp)
    }
    let call = Expression.call(
      .extract, [.literal(.text(field.rawValue), type: .text), value], type: .numeric,
      position: position)
    return Operand(isPart ? .cast(call, to: .double, position: position) : call, at: position)
  }

  private func constant(_ operand: Operand, _ what: String) throws(SQLError) -> String {
    guard case .literal(.text(let text), _) = operand.expression else {
      throw SQLError(
        position: operand.position, "\(what) must be a constant, such as 'month'")
    }
    return text
  }

  private func unrecognized(
    _ text: String, _ what: String, _ operand: Operand, of type: ColumnType,
    among fields: [CalendarField]
  ) -> SQLError {
    let names = fields.map(\.rawValue)
    let help =
      Suggestion.nearest(to: text.lowercased(), in: names).map { "did you mean \($0)?" }
      ?? "there are \(names.joined(separator: ", "))"
    return SQLError(
      position: operand.position,
      "\(what) \"\(Self.shortened(text))\" not recognized for type \(type.name); \(help)")
  }
}
