/// The operators a binary knows, by name.
public struct OperatorRegistry: Sendable {
  /// Makes an operator from configuration bytes.
  public typealias Factory = @Sendable (_ configuration: [UInt8]) throws -> any Operator

  private var factories: [String: Factory] = [:]

  /// A registry with the built-in ``NoopOperator``, ``EchoOperator`` and ``SleepOperator``.
  public init() {
    register("noop") { _ in NoopOperator() }
    register("echo") { _ in EchoOperator() }
    register("sleep") { try SleepOperator(configuration: $0) }
  }

  /// Adds an operator; a later one of the same name replaces the earlier.
  public mutating func register(_ name: String, _ factory: @escaping Factory) {
    factories[name] = factory
  }

  /// All names, sorted.
  public var names: [String] { factories.keys.sorted() }

  /// Makes the operator called `name`.
  ///
  /// - Throws: ``OperatorError`` with code `configuration` when no operator has this name, or what
  ///   the operator's own initialiser throws.
  public func make(_ name: String, configuration: [UInt8]) throws -> any Operator {
    guard let factory = factories[name] else {
      throw OperatorError(
        .configuration,
        "unknown operator '\(name)'; this binary knows: \(names.joined(separator: ", "))")
    }
    return try factory(configuration)
  }
}
