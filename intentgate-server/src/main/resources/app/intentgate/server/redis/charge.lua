-- Charges all counters of a call, or none of them.
--
-- KEYS: two for each counter; the second is used by rates only.
-- ARGV: the time in milliseconds, or '' for Redis' own; then six for each limit: the number of its
-- counter, 'rate' or 'life', the most that may have been spent before ('' when nothing can be
-- charged), the amount, the number of seconds since 1970 when it ends or '', and '1' for the first
-- limit of its counter.
-- Answers {0}, or the number of the first limit that would be exceeded and what was spent of it.
--
-- Amounts are decimal text from end to end: numbers of Lua are exact to 2^53 only.

local WINDOW = 60000
local LONGEST = 315360000
local DAY = 86400

local time = redis.call('TIME')
local seconds = tonumber(time[1])
local now = tonumber(ARGV[1])
if not now then
  now = seconds * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function text(number)
  return string.format('%.0f', number)
end

local function atMost(a, b)
  if #a ~= #b then
    return #a < #b
  end
  return a <= b
end

-- What was spent in the minute that ends now; where the clock stepped back, at the newest moment.
local function inWindow(moments, amounts)
  local at = now
  local newest = redis.call('ZREVRANGE', moments, 0, 0)[1]
  if newest and tonumber(newest) > at then
    at = tonumber(newest)
  end
  local before = text(at - WINDOW)
  for _, moment in ipairs(redis.call('ZRANGEBYSCORE', moments, '-inf', before)) do
    local amount = redis.call('HGET', amounts, moment)
    if amount then
      redis.call('HINCRBY', amounts, 'sum', '-' .. amount)
      redis.call('HDEL', amounts, moment)
    end
  end
  redis.call('ZREMRANGEBYSCORE', moments, '-inf', before)
  return redis.call('HGET', amounts, 'sum') or '0', text(at)
end

-- A counter outlives its token by a day, as clocks differ.
local function keep(key, isNew, ends)
  if ends == '' then
    if not isNew then
      redis.call('PERSIST', key)
    end
    return
  end
  local wanted = math.max(tonumber(ends) + DAY - seconds, DAY)
  local left = redis.call('TTL', key)
  if isNew or (left >= 0 and left < wanted) then
    if wanted > LONGEST then
      redis.call('PERSIST', key)
    else
      redis.call('EXPIRE', key, text(wanted))
    end
  end
end

local spent = {}
local moment = {}
local limits = (#ARGV - 1) / 6
for i = 1, limits do
  local at = 1 + (i - 1) * 6
  local counter = tonumber(ARGV[at + 1])
  if not spent[counter] then
    if ARGV[at + 2] == 'rate' then
      spent[counter], moment[counter] = inWindow(KEYS[2 * counter - 1], KEYS[2 * counter])
    else
      spent[counter] = redis.call('GET', KEYS[2 * counter - 1]) or '0'
    end
  end
  if ARGV[at + 3] == '' or not atMost(spent[counter], ARGV[at + 3]) then
    return {i, spent[counter]}
  end
end

for i = 1, limits do
  local at = 1 + (i - 1) * 6
  local amount = ARGV[at + 4]
  if ARGV[at + 6] == '1' and amount ~= '0' then
    local counter = tonumber(ARGV[at + 1])
    local key = KEYS[2 * counter - 1]
    if ARGV[at + 2] == 'rate' then
      local amounts = KEYS[2 * counter]
      redis.call('ZADD', key, moment[counter], moment[counter])
      redis.call('HINCRBY', amounts, moment[counter], amount)
      redis.call('HINCRBY', amounts, 'sum', amount)
      redis.call('EXPIRE', key, 600)
      redis.call('EXPIRE', amounts, 600)
    else
      local isNew = redis.call('EXISTS', key) == 0
      redis.call('INCRBY', key, amount)
      keep(key, isNew, ARGV[at + 5])
    end
  end
end
return {0}
