/// Why the tester cannot do its work; no word about the query engines.
struct DifferentialError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
