/// Why a partition could not be processed.
public struct OperatorError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure this is; decides whether another attempt can help.
  public enum Code: Sendable, Equatable {
    /// The data is at fault: another attempt would fail the same way.
    case data
    /// The configuration is at fault: another attempt would fail the same way.
    case configuration
    /// The surroundings are at fault (input/output, memory): another attempt may succeed.
    case operating
  }

  /// The kind of failure.
  public var code: Code
  /// What happened and what to do, without the place.
  public var message: String
  /// Byte offset of the record at fault, counted from the partition's start.
  public var recordOffset: Int?
  /// The field at fault within its record, counted from 1.
  public var field: Int?

  /// Describes a failure.
  public init(_ code: Code, _ message: String, recordOffset: Int? = nil, field: Int? = nil) {
    self.code = code
    self.message = message
    self.recordOffset = recordOffset
    self.field = field
  }

  /// The message.
  public var description: String { message }
}
