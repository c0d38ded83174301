import Testing
import ZeroMQ

@Suite("Published state reaches those who come late, because it is repeated")
struct PublishTests {
  @Test("a late subscriber misses what was sent and has the next repetition")
  func slowJoiner() throws {
    try withContext { context, directory in
      var publisher = try PublishSocket(context)
      try publisher.bind(to: try directory.endpoint("roster"))
      for number in 0..<10 { #expect(try publisher.send(frame("\(number)")) == .sent) }
      var subscriber = try SubscribeSocket(context)
      try subscriber.subscribe()
      try subscriber.connect(to: try directory.endpoint("roster"))
      var first: [[UInt8]]?
      var number = 10
      while first == nil, number < 2_000 {
        #expect(try publisher.send(frame("\(number)")) == .sent)
        number += 1
        first = try nextMessage(&subscriber, within: .milliseconds(5))
      }
      let text = String(decoding: try #require(first?.first), as: UTF8.self)
      #expect(try #require(Int(text)) >= 10)
    }
  }

  @Test("a subscriber receives what begins with its prefix, whole")
  func prefixes() throws {
    try withContext { context, _ in
      var publisher = try PublishSocket(context)
      try publisher.bind(to: .inproc(name: "roster"))
      var subscriber = try SubscribeSocket(context)
      try subscriber.connect(to: .inproc(name: "roster"))
      try subscriber.subscribe(to: bytes("b"))
      // The subscription has arrived when a probe comes back.
      while try nextMessage(&subscriber, within: .milliseconds(5)) == nil {
        #expect(try publisher.send(frame("b:probe")) == .sent)
      }
      while try nextMessage(&subscriber, within: .zero) != nil {}
      #expect(try publisher.send(frame("a:no"), frame("1")) == .sent)
      #expect(try publisher.send(frame("b:yes"), frame("2")) == .sent)
      #expect(try nextMessage(&subscriber) == [bytes("b:yes"), bytes("2")])
      try subscriber.unsubscribe(from: bytes("b"))
    }
  }

  @Test("a subscriber that does not read never blocks its publisher")
  func slowSubscriber() throws {
    try withContext { context, directory in
      var options = SocketOptions()
      options.sendHighWaterMark = 2
      options.receiveHighWaterMark = 2
      options.linger = .zero
      var publisher = try PublishSocket(context, options: options)
      try publisher.bind(to: try directory.endpoint("roster"))
      var subscriber = try SubscribeSocket(context, options: options)
      try subscriber.subscribe()
      try subscriber.connect(to: try directory.endpoint("roster"))
      while try !waitReadable(subscriber, within: .milliseconds(5)) {
        #expect(try publisher.send(frame("join")) == .sent)
      }
      let large = [UInt8](repeating: 0, count: 10_000)
      for _ in 0..<500 { #expect(try publisher.send(Message(copying: large)) == .sent) }
      // It missed some; the state that is repeated now arrives once it reads again.
      var latest: [UInt8]?
      let deadline = ContinuousClock.now + patience
      while latest != bytes("now"), ContinuousClock.now < deadline {
        #expect(try publisher.send(frame("now")) == .sent)
        latest = try nextMessage(&subscriber, within: .milliseconds(5))?.first
      }
      #expect(latest == bytes("now"))
    }
  }

  @Test("a subscriber that keeps the latest message only has the latest")
  func conflate() throws {
    try withContext { context, _ in
      var publisher = try PublishSocket(context)
      try publisher.bind(to: .inproc(name: "roster"))
      var options = SocketOptions()
      options.conflate = true
      var subscriber = try SubscribeSocket(context, options: options)
      try subscriber.subscribe()
      try subscriber.connect(to: .inproc(name: "roster"))
      while try nextMessage(&subscriber, within: .milliseconds(5)) == nil {
        #expect(try publisher.send(frame("probe")) == .sent)
      }
      for number in 0...100 { #expect(try publisher.send(frame("\(number)")) == .sent) }
      #expect(try nextMessage(&subscriber) == [bytes("100")])
      #expect(try nextMessage(&subscriber, within: .zero) == nil)
    }
  }
}
