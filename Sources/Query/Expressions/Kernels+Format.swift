import Columnar

extension Kernels {
  /// The kernel of `format`: NULL only for a NULL format.
  static func format(_ arguments: [ColumnType], _ type: ColumnType) -> KernelRecipe? {
    guard type == .text, arguments.allSatisfy({ $0 == .text }) else { return nil }
    return .nonStrict { call throws(EvaluationError) in
      call.result.markNullWhereAny(of: [call.inputs[0]])
      let output = call.result.values(as: StringView.self)
      try call.forEachValid { row in
        var formatter = TextFormatter(call.text(0, row).bytes) { index in
          call.inputs[index].validity[row] == 0 ? nil : call.text(index, row).string
        }
        formatter.argumentCount = call.inputs.count - 1
        output[row] = call.arena.copy(try formatter.formatted())
      }
    }
  }
}
