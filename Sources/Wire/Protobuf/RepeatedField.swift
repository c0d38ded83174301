/// A field of a message that may come again and again, and how often.
struct RepeatedField {
  /// Its number.
  var field: UInt64
  /// The greatest number of elements.
  var limit: Int
  /// What its elements are called in errors.
  var name: String
}
