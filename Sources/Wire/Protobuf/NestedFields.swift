/// Repeated fields of a message within a message.
struct NestedFields {
  /// Numbers of the fields that lead to it, from the outermost.
  var path: [UInt64]
  var fields: [RepeatedField]
}
