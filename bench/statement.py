"""The least that PostgreSQL can be asked: an answer as one statement that builds the JSON itself.

`$1` is the digest of the bearer token, `$2` the neighbourhood. A token that opens nothing, or not
this neighbourhood, gives no row.
"""

REACTIONS = """(
    select coalesce(json_agg(json_build_object('kind', kind, 'count', number)), '[]')
    from (values ('THANKS', p.thanks_count), ('LIKE', p.like_count), ('CARE', p.care_count),
                 ('CLAP', p.clap_count), ('SAD', p.sad_count)) as counted (kind, number)
    where number > 0)"""

COMMENTS = """(
    select coalesce(json_agg(json_build_object(
        'body', case when c.deleted_at is null then c.body end,
        'author', case when c.deleted_at is null
                  then json_build_object('displayName', w.display_name) end
    ) order by c.id), '[]')
    from (select * from comment
          where post_id = p.id and parent_id is null and removed_at is null
          order by id desc limit 3) as c
    join membership w on w.id = c.author_id)"""

OPENED = """session_token t join session s on s.id = t.session_id
    where t.hash = $1 and t.kind = 'ACCESS' and t.expires_at > now()
      and s.revoked_at is null and s.expires_at > now()"""

FEED_PAGE = f"""
with opened as materialized (select s.resident_id from {OPENED}),
me as materialized (
    select m.id from opened join membership m on m.resident_id = opened.resident_id
    where m.neighbourhood_id = $2 and m.state = 'ACTIVE'),
found as materialized (
    select post.* from post where neighbourhood_id = $2 and removed_at is null
    order by id desc limit 21),
page as materialized (select * from found order by id desc limit 20)
select json_build_object('data', json_build_object('neighbourhood', json_build_object(
    'name', n.name,
    'feed', json_build_object(
        'nodes', (
            select coalesce(json_agg(json_build_object(
                'id', p.id, 'kind', p.kind, 'title', p.title, 'body', p.body,
                'commentCount', p.comment_count,
                'author', json_build_object('displayName', a.display_name, 'street', a.street),
                'reactions', {REACTIONS},
                'myReaction', (select r.kind from reaction r where r.post_id = p.id
                               and r.comment_id is null and r.author_id = me.id),
                'comments', json_build_object('nodes', {COMMENTS})
            ) order by p.id desc), '[]')
            from page p join membership a on a.id = p.author_id),
        'pageInfo', json_build_object(
            'endCursor', (select rtrim(translate(encode(uuid_send(id), 'base64'), '+/', '-_'), '=')
                          from page order by id limit 1),
            'hasNextPage', (select count(*) > 20 from found))
    ))))::text
from me, neighbourhood n where n.id = $2
"""

VIEWER = f"""
with opened as materialized (select s.resident_id from {OPENED})
select json_build_object('data', json_build_object('viewer', json_build_object(
    'id', r.id, 'email', r.email, 'language', r.language)))::text
from opened join resident r on r.id = opened.resident_id
"""
