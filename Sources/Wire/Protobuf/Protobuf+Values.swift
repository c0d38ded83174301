import Foundation
import PipelineCore

extension ProtoNodeIncarnation {
  init(_ value: NodeIncarnation) {
    self.init()
    node = value.node.rawValue
    incarnation = value.incarnation.rawValue
  }
}

extension ProtoEndpoints {
  init(_ value: Beat.Endpoints) {
    self.init()
    lane = value.lane
    results = value.results
    receipts = value.receipts
    orders = value.orders
    key = Data(value.key)
  }
}

extension String {
  /// The longest start of the text that has at most `limit` bytes in UTF-8 and splits no scalar.
  func prefix(utf8Limit limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: limit)
    while end > utf8.startIndex, utf8[end] & 0xc0 == 0x80 { utf8.formIndex(before: &end) }
    return String(self[..<end])
  }
}
