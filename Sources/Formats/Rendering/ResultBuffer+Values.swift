import Columnar
import Operators

extension ResultBuffer {
  /// Appends one byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1).storeBytes(of: byte, as: UInt8.self)
    advance(by: 1)
  }

  /// Appends the text of the value in `row`, which is neither NULL nor text.
  @inline(__always)
  mutating func append(_ vector: ColumnVector, _ row: Int) {
    let place = reserve(ValueFormatter.maximumLength).assumingMemoryBound(to: UInt8.self)
    advance(by: ValueText.write(vector, row, to: place))
  }
}
