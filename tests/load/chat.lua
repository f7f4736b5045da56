-- Posts questions for wrk, one after another: FILE with a JSON body a line, FIRST of them to send, mean PAUSE in ms.
-- Before each request a connection pauses for a random time, like a person of a large crowd; a PAUSE of 0 is none.
local bodies, at, pause = {}, 0, 0

function init(arguments)
  for line in io.lines(arguments[1]) do bodies[#bodies + 1] = line end
  at, pause = tonumber(arguments[2]), tonumber(arguments[3])
  wrk.method, wrk.headers["Content-Type"] = "POST", "application/json"
  math.randomseed(at + 1)
  if pause > 0 then
    delay = function() return math.floor(-pause * math.log(1 - math.random())) end
  end
end

function request()
  at = at + 1
  return wrk.format(nil, nil, nil, bodies[(at - 1) % #bodies + 1])
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("\n%d %d %d %d %d\n", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(99)))
end
