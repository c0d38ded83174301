import Columnar

/// Chooses among overloads as PostgreSQL does (its documentation, "Type Conversion": Operators and
/// Functions).
enum OverloadResolver {
  /// What was chosen.
  enum Choice {
    case one(Int)
    case none
    case ambiguous
  }

  /// Chooses for arguments of these types; `nil` is an untyped constant.
  ///
  /// - Parameters:
  ///   - candidates: the parameter types of each overload, all as many as there are arguments.
  ///   - isOperator: whether an untyped operand is first taken to have the other one's type.
  static func choose(
    _ arguments: [ColumnType?], among candidates: [[ColumnType]], isOperator: Bool
  ) -> Choice {
    if let exact = exactMatch(arguments, among: candidates, isOperator: isOperator) {
      return .one(exact)
    }
    var left = candidates.indices.filter { accepts(candidates[$0], arguments) }
    if left.isEmpty { return .none }
    if left.count == 1 { return .one(left[0]) }
    keepBest(&left) { index in
      zip(candidates[index], arguments).count { $0 == $1 }
    }
    if left.count == 1 { return .one(left[0]) }
    keepBest(&left) { index in
      zip(candidates[index], arguments).count { parameter, argument in
        guard let argument else { return false }
        return parameter == argument
          || (TypeRules.isPreferred(parameter)
            && TypeRules.category(parameter) == TypeRules.category(argument))
      }
    }
    if left.count == 1 { return .one(left[0]) }
    guard arguments.contains(nil) else { return .ambiguous }
    narrowByUntyped(&left, arguments, candidates)
    if left.count == 1 { return .one(left[0]) }
    return sameTyped(left, arguments, candidates)
  }

  private static func exactMatch(
    _ arguments: [ColumnType?], among candidates: [[ColumnType]], isOperator: Bool
  ) -> Int? {
    var assumed = arguments
    if isOperator, arguments.count == 2, let known = arguments[0] ?? arguments[1] {
      assumed = [arguments[0] ?? known, arguments[1] ?? known]
    }
    return candidates.firstIndex { $0.map { Optional($0) } == assumed }
  }

  private static func accepts(_ parameters: [ColumnType], _ arguments: [ColumnType?]) -> Bool {
    zip(parameters, arguments).allSatisfy { parameter, argument in
      argument.map { TypeRules.isImplicit(from: $0, to: parameter) } ?? true
    }
  }

  private static func keepBest(_ indices: inout [Int], by score: (Int) -> Int) {
    let scores = indices.map(score)
    guard let best = scores.max() else { return }
    indices = zip(indices, scores).filter { $0.1 == best }.map(\.0)
  }

  /// Lets the untyped arguments decide: text where any candidate takes it, otherwise the one
  /// category all take, and in it the preferred type.
  private static func narrowByUntyped(
    _ left: inout [Int], _ arguments: [ColumnType?], _ candidates: [[ColumnType]]
  ) {
    for position in arguments.indices where arguments[position] == nil {
      let types = left.map { candidates[$0][position] }
      let category: TypeRules.Category
      if types.contains(.text) {
        category = .string
      } else if let first = types.first.map(TypeRules.category),
        types.allSatisfy({ TypeRules.category($0) == first })
      {
        category = first
      } else {
        return
      }
      let fits = left.filter { TypeRules.category(candidates[$0][position]) == category }
      let preferred = fits.filter { TypeRules.isPreferred(candidates[$0][position]) }
      left = preferred.isEmpty ? fits : preferred
    }
  }

  /// When all typed arguments have one type, takes the untyped ones to have it too.
  private static func sameTyped(
    _ left: [Int], _ arguments: [ColumnType?], _ candidates: [[ColumnType]]
  ) -> Choice {
    guard let known = arguments.lazy.compactMap({ $0 }).first,
      arguments.allSatisfy({ $0 == nil || $0 == known })
    else { return .ambiguous }
    let fits = left.filter { index in
      zip(candidates[index], arguments).allSatisfy { parameter, argument in
        TypeRules.isImplicit(from: argument ?? known, to: parameter)
      }
    }
    return fits.count == 1 ? .one(fits[0]) : .ambiguous
  }
}
