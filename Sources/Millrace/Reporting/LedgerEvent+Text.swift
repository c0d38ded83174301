import Foundation
import Ledger

extension LedgerEvent {
  /// What the event's line says to people; `nil` for what is no news to them.
  var text: String? {
    let object: Any
    do {
      object = try JSONSerialization.jsonObject(with: Data(json.utf8))
    } catch {
      return "\(kind): \(json)"
    }
    return (object as? [String: Any])?["text"] as? String
  }
}
