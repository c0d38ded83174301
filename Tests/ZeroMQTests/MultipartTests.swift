import Testing
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("A message arrives whole or not at all")
struct MultipartTests {
  @Test("two and more frames arrive together, with their lengths", arguments: ["inproc", "ipc"])
  func whole(transport: String) throws {
    try withContext { context, directory in
      let endpoint =
        transport == "ipc" ? try directory.endpoint("lane") : Endpoint.inproc(name: "lane")
      var pull = try PullSocket(context)
      try pull.bind(to: endpoint)
      var push = try PushSocket(context)
      try push.connect(to: endpoint)
      #expect(try push.send(frame("header"), Message()) == .sent)
      var parts = Multipart(maximumFrames: 4)
      for text in ["a", "bb", "", "dddd"] { parts.append(frame(text)) }
      #expect(try push.send(&parts) == .sent)
      #expect(parts.count == 0)
      #expect(try push.send(frame("single")) == .sent)

      #expect(try nextMessage(&pull) == [bytes("header"), []])
      #expect(try waitReadable(pull))
      #expect(try pull.receive(into: &parts))
      #expect((0..<parts.count).map { parts.byteCount(ofFrame: $0) } == [1, 2, 0, 4])
      #expect(try nextMessage(&pull) == [bytes("single")])
      #expect(try nextMessage(&pull, within: .zero) == nil)
    }
  }

  @Test("a message of too many frames is read to its end and reported")
  func tooManyFrames() throws {
    try withContext { context, _ in
      let endpoint = Endpoint.inproc(name: "lane")
      var pull = try PullSocket(context)
      try pull.bind(to: endpoint)
      var push = try PushSocket(context)
      try push.connect(to: endpoint)
      var parts = Multipart(maximumFrames: 5)
      for text in ["1", "2", "3", "4", "5"] { parts.append(frame(text)) }
      #expect(try push.send(&parts) == .sent)
      #expect(try push.send(frame("next"), frame("one")) == .sent)

      var received = Multipart(maximumFrames: 2)
      let error = zeroMQError { _ = try pull.receive(into: &received) }
      #expect(error?.code == .tooManyFrames)
      #expect(error?.description.contains("5 frames") == true)
      #expect(received.count == 0)
      #expect(try nextMessage(&pull) == [bytes("next"), bytes("one")])
    }
  }

  @Test("frames can be received one by one, and the rest dropped")
  func frameByFrame() throws {
    try withContext { context, _ in
      var pull = try PullSocket(context)
      try pull.bind(to: .inproc(name: "lane"))
      var push = try PushSocket(context)
      try push.connect(to: .inproc(name: "lane"))
      #expect(try push.send(frame("header"), frame("payload")) == .sent)
      #expect(try push.send(frame("other"), frame("rest")) == .sent)
      var part = Message()
      #expect(try waitReadable(pull))
      #expect(try pull.receiveFrame(into: &part))
      #expect(part.copyBytes() == bytes("header"))
      #expect(part.hasMore == true)
      try pull.discardRest(of: part)
      #expect(try pull.receiveFrame(into: &part))
      #expect(part.copyBytes() == bytes("other"))
      #expect(try pull.receiveFrame(into: &part))
      #expect(part.copyBytes() == bytes("rest"))
      #expect(part.hasMore == false)
      #expect(try !pull.receiveFrame(into: &part))
    }
  }

  @Test("no part of a message arrives alone while peers come and go", arguments: ["inproc", "ipc"])
  func peersComeAndGo(transport: String) throws {
    try withContext { context, directory in
      let endpoint =
        transport == "ipc" ? try directory.endpoint("lane") : Endpoint.inproc(name: "lane")
      let stop = Shared(false)
      let ready = Shared(false)
      let failure = Shared<String?>(nil)
      let pusher = TestThread {
        do {
          var options = SocketOptions()
          options.linger = .zero
          options.sendHighWaterMark = 10
          var push = try PushSocket(context, options: options)
          try push.bind(to: endpoint)
          ready.value = true
          var number = 0
          var parts = Multipart(maximumFrames: 3)
          while !stop.value {
            if parts.count == 0 {
              number += 1
              for part in 0..<3 { parts.append(frame("\(number)/\(part)")) }
            }
            // `lost` is a peer that died in the middle, `wouldBlock` no peer with room.
            if try push.send(&parts) == .wouldBlock { sched_yield() }
          }
        } catch {
          failure.value = "\(error)"
          ready.value = true
        }
      }
      #expect(ready.waits { $0 })
      var last = 0
      for round in 0..<60 {
        var pull = try PullSocket(context)
        try pull.connect(to: endpoint)
        for _ in 0...(round % 7) {
          let message = try #require(try nextMessage(&pull))
          let texts = message.map { String(decoding: $0, as: UTF8.self) }
          let number = try #require(Int(texts[0].prefix { $0 != "/" }))
          #expect(texts == (0..<3).map { "\(number)/\($0)" })
          #expect(number > last)
          last = number
        }
      }
      stop.value = true
      pusher.join()
      #expect(failure.value == nil)
    }
  }
}
