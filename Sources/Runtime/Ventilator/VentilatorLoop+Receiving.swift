import PipelineCore
import Wire
import ZeroMQ

extension VentilatorLoop {
  /// Takes in all rosters and orders that wait, together.
  mutating func receiveNews() throws {
    var news: [Ventilator.Event] = []
    // Orders first: they say why, where a roster says only that somebody is gone.
    while news.count < RuntimeLimits.burst,
      let (message, _) = try orders.socket.receiveControl(link.connections, isBound: true)
    {
      guard case .order(let order) = message, order.run == setup.run else { continue }
      news.append(.order(order.order, from: order.supervisor))
    }
    while news.count < 2 * RuntimeLimits.burst, let roster = try feed.next() {
      seeing = Set(roster.members.lazy.filter(\.seesFiles).map(\.node))
      news.append(.roster(roster))
    }
    guard !news.isEmpty else { return }
    try handle(news)
  }

  mutating func receiveReceipts() throws {
    var count = 0
    while count < RuntimeLimits.burst,
      let (header, payload) = try receipts.socket.receivePair(link.connections)
    {
      count += 1
      do {
        switch try ReceiptMessage(
          header, payload, run: setup.run, recipient: setup.identity)
        {
        case .receipts(let list, let sink):
          let now = MonotonicClock.now
          note { $0.receive(at: now) }
          measured.extend(to: now)
          try handle(.receipts(list, from: sink))
        case .stored(let bitmap, let sink):
          try handle(.stored(bitmap, by: sink))
        case nil: break
        }
      } catch let error as WireError {
        link.connections.note(.wire(error))
      }
    }
  }
}
