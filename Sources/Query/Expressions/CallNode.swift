import Columnar

/// A function call: evaluates the arguments and hands them to a kernel.
final class CallNode: ExpressionNode {
  private let arguments: [ExpressionNode]
  private let constants: [Bool]
  private let recipe: KernelRecipe
  private let position: Int?
  private let result: ColumnVector
  private let arena = ByteArena()

  /// A call whose failures carry `position`, a byte offset in the SQL text.
  init(_ recipe: KernelRecipe, _ arguments: [ExpressionNode], type: ColumnType, position: Int?) {
    self.arguments = arguments
    self.constants = arguments.map { $0 is ConstantNode }
    self.recipe = recipe
    self.position = position
    self.result = ColumnVector(type: type, capacity: 0)
    super.init(type: type)
  }

  /// Whether the value is the same in every row.
  var isConstant: Bool { constants.allSatisfy { $0 } }

  override func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    var inputs: [ColumnVector] = []
    inputs.reserveCapacity(arguments.count)
    for argument in arguments { inputs.append(try argument.evaluate(batch)) }
    result.prepare(count: batch.count)
    if recipe.isStrict { result.markNullWhereAny(of: inputs) }
    if type == .text {
      arena.removeAll()
      result.owners.append(arena)
      for input in inputs where input.type == .text { result.adoptOwners(of: input) }
    }
    let call = KernelCall(
      inputs: inputs, constants: constants, result: result, count: batch.count, arena: arena)
    do {
      try recipe.kernel(call)
    } catch {
      throw EvaluationError(row: error.row, position: position, error.message)
    }
    return result
  }
}
