import Columnar

extension Kernels {
  /// The kernel of a function of dates and times.
  ///
  /// - Throws: ``SQLError`` for a field that does not exist or does not suit the type.
  static func calendar(
    _ function: Function, _ arguments: [ExpressionNode], _ type: ColumnType
  ) throws(SQLError) -> KernelRecipe? {
    switch (function, arguments.map(\.type), type) {
    case (.addDays, [.date, .integer], .date):
      return .strict { call throws(EvaluationError) in
        try call.mapChecked(dateOutOfRange) { (date: Int32, days: Int32) in
          let (sum, overflow) = date.addingReportingOverflow(days)
          return (sum, overflow || !isDate(sum))
        }
      }
    case (.subtractDays, [.date, .integer], .date):
      return .strict { call throws(EvaluationError) in
        try call.mapChecked(dateOutOfRange) { (date: Int32, days: Int32) in
          let (sum, overflow) = date.subtractingReportingOverflow(days)
          return (sum, overflow || !isDate(sum))
        }
      }
    case (.daysBetween, [.date, .date], .integer):
      return .strict { call throws(EvaluationError) in
        try call.mapChecked("integer out of range") { (left: Int32, right: Int32) in
          let (difference, overflow) = left.subtractingReportingOverflow(right)
          return (difference, overflow)
        }
      }
    case (.makeDate, [.integer, .integer, .integer], .date): return makeDate
    case (.dateTrunc, [.text, .timestamp], .timestamp),
      (.dateTrunc, [.text, .timestamptz], .timestamptz):
      return truncation(try field(arguments[0]))
    case (.extract, [.text, .date], .numeric), (.extract, [.text, .date], .double):
      let field = try field(arguments[0])
      guard Calendar.extract(field, days: 0) != nil else {
        throw SQLError(position: nil, "unit \"\(field)\" not supported for type date")
      }
      return dayExtraction(field, type)
    case (.extract, [.text, .timestamp], .numeric), (.extract, [.text, .timestamp], .double),
      (.extract, [.text, .timestamptz], .numeric), (.extract, [.text, .timestamptz], .double):
      return extraction(try field(arguments[0]), type)
    default: return nil
    }
  }

  private static let dateOutOfRange = "date out of range"

  /// Whether PostgreSQL has the day: 4714-11-24 BC up to 5874897-12-31.
  static func isDate(_ days: Int32) -> Bool {
    days >= -2_440_588 && days < 2_145_042_906
  }

  static func field(_ argument: ExpressionNode) throws(SQLError) -> CalendarField {
    guard let constant = argument as? ConstantNode, !constant.isNull else {
      throw SQLError(position: nil, "the unit of a date function must be a constant")
    }
    let name = constant.value(as: StringView.self).string
    guard let field = CalendarField(name: name) else {
      throw SQLError(position: nil, "unit \"\(name)\" not recognized")
    }
    return field
  }

  private static func truncation(_ field: CalendarField) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let input = call.values(1, Int64.self)
      let output = call.result.values(as: Int64.self)
      try call.forEachValid { row in
        guard let value = Calendar.truncate(input[row], to: field),
          Calendar.timestamps.contains(value)
        else {
          throw EvaluationError(row: row, "timestamp out of range")
        }
        output[row] = value
      }
    }
  }

  private static func dayExtraction(_ field: CalendarField, _ type: ColumnType) -> KernelRecipe {
    if type == .double {
      return .strict { call in
        let input = call.values(1, Int32.self)
        let output = call.result.values(as: Double.self)
        for row in 0..<call.count {
          output[row] = Double(Calendar.extract(field, days: input[row]) ?? 0)
        }
      }
    }
    return .strict { call in
      let input = call.values(1, Int32.self)
      let output = call.result.values(as: Numeric.self)
      for row in 0..<call.count {
        output[row] = Numeric(Calendar.extract(field, days: input[row]) ?? 0)
      }
    }
  }

  private static func extraction(_ field: CalendarField, _ type: ColumnType) -> KernelRecipe {
    if type == .double {
      return .strict { call in
        let input = call.values(1, Int64.self)
        let output = call.result.values(as: Double.self)
        for row in 0..<call.count {
          output[row] = Calendar.extract(field, timestamp: input[row]).double
        }
      }
    }
    return .strict { call in
      let input = call.values(1, Int64.self)
      let output = call.result.values(as: Numeric.self)
      for row in 0..<call.count {
        output[row] = Calendar.extract(field, timestamp: input[row])
      }
    }
  }

  private static var makeDate: KernelRecipe {
    .strict { call throws(EvaluationError) in
      let output = call.result.values(as: Int32.self)
      try call.forEachValid { row in
        let parts = (0..<3).map { Int(call.integer($0, row)) }
        output[row] = try makeDay(parts[0], parts[1], parts[2], row)
      }
    }
  }
}
