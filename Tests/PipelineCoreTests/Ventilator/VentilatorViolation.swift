/// A promise that the ventilator broke.
struct VentilatorViolation: Error, CustomStringConvertible {
  var description: String

  init(_ message: String, _ partition: UInt32? = nil) {
    description = message + (partition.map { ": partition \($0)" } ?? "")
  }
}
