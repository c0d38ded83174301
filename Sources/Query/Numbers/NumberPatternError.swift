/// Why a pattern for numbers cannot be used.
struct NumberPatternError: Error, Equatable {
  var message: String

  init(_ message: String) { self.message = message }
}
