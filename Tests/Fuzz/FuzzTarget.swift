/// A decoder that is fed with bytes of all kinds, and what must hold whatever it is fed.
protocol FuzzTarget: Sendable {
  /// What `make fuzz TARGET=` calls it.
  static var name: String { get }

  /// Valid inputs to begin with: the same ones each time.
  static var seeds: [[UInt8]] { get }

  /// Where in an input a Protocol Buffers message begins that goes on to the input's end; `nil`
  /// where there is none. Such inputs are also changed field by field.
  static func messageStart(in input: UnsafeRawBufferPointer) -> Int?

  /// Feeds one input. Traps, by ``require(_:_:)``, when what comes out is not as it must be; the
  /// input is no longer there after the call.
  static func feed(_ input: UnsafeRawBufferPointer)
}

extension FuzzTarget {
  static func messageStart(in input: UnsafeRawBufferPointer) -> Int? { nil }
}

/// Traps when a property does not hold, which libFuzzer takes for a finding.
func require(_ holds: Bool, _ property: @autoclosure () -> String) {
  guard holds else { fatalError("broken: \(property())") }
}
